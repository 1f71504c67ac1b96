/**
 * Cuts the prompt into segments while it is typed: pure, incremental, and the same however the text
 * is split into fragments.
 *
 * <ol>
 *   <li>{@link io.livemind.topology.segmentation.Segmenter} finds one cut after the other; {@link
 *       io.livemind.topology.segmentation.Carry} is all it remembers of the closed text.
 *   <li>{@code Window} is the text that one cut is decided on. It notices when a rule asks for a
 *       character that is not typed yet; such an answer is not used. This, and not the care of each
 *       rule, makes cuts final.
 *   <li>{@code Boundaries}, one class a granularity. {@code SegmentReader} reads sentences and
 *       clauses and asks {@code StopRules}, {@code LineBreaks}, {@code ListMarker}, {@code
 *       ThaiSpaces} and {@code ClauseMarks}; {@code Code} is passed over. {@code SizeBound} cuts
 *       what grows too long.
 *   <li>{@code StopRules} is the list of rules for a stop, in order: {@code FullStopRules} and
 *       {@code Abbreviations} decide on single full stops with the word lists in {@code
 *       language/*.txt}, which {@code Languages} chooses.
 *   <li>{@link io.livemind.topology.segmentation.check} measures all this.
 * </ol>
 */
@NullMarked
package io.livemind.topology.segmentation;

import org.jspecify.annotations.NullMarked;
