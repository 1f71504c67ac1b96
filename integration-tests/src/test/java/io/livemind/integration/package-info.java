/**
 * Promises of the whole system, on a real broker, real sockets and real processes.
 *
 * <p>{@link io.livemind.integration.TestPipeline} is broker, topics, topology and simulator in this
 * JVM; {@link io.livemind.integration.ChildProcess} is a part in a JVM of its own, which can be
 * killed.
 */
@NullMarked
package io.livemind.integration;

import org.jspecify.annotations.NullMarked;
