/**
 * Fragments → segments → tasks, on Kafka Streams.
 *
 * <p>{@link io.livemind.topology.PipelineTopology} is the pipeline on one screen. Its two stages,
 * {@link io.livemind.topology.FragmentsToSegments} and {@link
 * io.livemind.topology.SegmentsToTasks}, are thin shells around {@link io.livemind.topology.typing}
 * and {@link io.livemind.topology.session}; {@link io.livemind.topology.TopologyApp} runs them.
 */
@NullMarked
package io.livemind.topology;

import org.jspecify.annotations.NullMarked;
