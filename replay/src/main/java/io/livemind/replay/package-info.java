/**
 * Recorded sessions: import them, replay them at a speed, measure, report.
 *
 * <ol>
 *   <li>{@link io.livemind.replay.recording}: recordings and their files.
 *   <li>{@link io.livemind.replay.Arm}: the ways in which a recording can be replayed.
 *   <li>{@link io.livemind.replay.latency}: how long the recorded models took, as constants.
 *   <li>{@link io.livemind.replay.play}: types recordings into the pipeline and reads what comes.
 *   <li>{@link io.livemind.replay.report}: what came out, as a table and as JSON.
 *   <li>{@link io.livemind.replay.demo}: the recordings that ship with the product.
 * </ol>
 */
@NullMarked
package io.livemind.replay;

import org.jspecify.annotations.NullMarked;
