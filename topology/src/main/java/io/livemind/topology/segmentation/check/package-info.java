/**
 * Measures the segmenter.
 *
 * <ol>
 *   <li>{@link io.livemind.topology.segmentation.check.SegmentationCheck}: cases with the segments
 *       that somebody expects; the share that passes in each language.
 *   <li>{@link io.livemind.topology.segmentation.check.DeliberateDifferences}: the public cases in
 *       which the segmenter differs on purpose, and why.
 *   <li>{@link io.livemind.topology.segmentation.check.LabelledTexts}: our own labelled texts in
 *       ten languages; {@link io.livemind.topology.segmentation.check.LabelledReport} gives
 *       precision and recall on them, beside those of a regular expression.
 *   <li>{@link io.livemind.topology.segmentation.check.RecordedCounts}: how many sentences recorded
 *       experiments counted.
 * </ol>
 */
@NullMarked
package io.livemind.topology.segmentation.check;

import org.jspecify.annotations.NullMarked;
