/**
 * Everything in one JVM: nothing to install, nothing left behind.
 *
 * <ol>
 *   <li>{@link io.livemind.cli.embedded.EmbeddedBroker}: a real Kafka broker on loopback, with its
 *       {@link io.livemind.cli.embedded.BrokerSettings settings} and {@link
 *       io.livemind.cli.embedded.LoopbackPorts ports}, in a {@link
 *       io.livemind.cli.embedded.ScratchDirectory directory of its own}.
 *   <li>{@link io.livemind.cli.embedded.TopicSetup}: creates the topics on it, or on any cluster,
 *       by a {@link io.livemind.cli.embedded.TopicLayout}; {@link
 *       io.livemind.cli.embedded.TopicDifferences} of those that are there are mended or told.
 *   <li>{@link io.livemind.cli.embedded.EmbeddedRuntime}: all of the pipeline, by a {@link
 *       io.livemind.cli.embedded.RuntimeConfig}.
 *   <li>{@link io.livemind.cli.embedded.ClosedAtExit}: closes what its owner did not come to close.
 * </ol>
 */
@NullMarked
package io.livemind.cli.embedded;

import org.jspecify.annotations.NullMarked;
