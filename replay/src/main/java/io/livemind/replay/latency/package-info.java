/**
 * How long the recorded models took: seconds = overhead + prompt tokens × prefill + completion
 * tokens × decode.
 *
 * <ol>
 *   <li>{@link io.livemind.replay.latency.LatencyConstants}: the three constants of one kind of
 *       call.
 *   <li>{@link io.livemind.replay.latency.ArmLatency}: those of an arm's thinking and answering, as
 *       published here.
 *   <li>{@link io.livemind.replay.latency.LatencyFit}: how they were found, and can be found again.
 *   <li>{@link io.livemind.replay.latency.RefitLatency}: the program that does so from a file.
 * </ol>
 */
@NullMarked
package io.livemind.replay.latency;

import org.jspecify.annotations.NullMarked;
