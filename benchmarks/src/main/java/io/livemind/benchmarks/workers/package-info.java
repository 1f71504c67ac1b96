/**
 * Workers: how fast they take tasks and start calls, beside other ways to do that with Kafka.
 *
 * <ol>
 *   <li>{@link io.livemind.benchmarks.workers.TaskFeed}: tasks, in an open loop; it stands in for
 *       the topology.
 *   <li>{@link io.livemind.benchmarks.workers.Design}: who takes them, one of four ways.
 *   <li>{@link io.livemind.benchmarks.workers.TimedCalls}: a model in this JVM that takes a fixed
 *       time, and knows when each call was due.
 *   <li>{@link io.livemind.benchmarks.workers.ResultReader}: grants what asks for a grant.
 * </ol>
 */
@NullMarked
package io.livemind.benchmarks.workers;

import org.jspecify.annotations.NullMarked;
