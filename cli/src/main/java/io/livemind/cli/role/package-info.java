/**
 * One part of the pipeline as a process of its own: {@code livemind topology}, {@code worker},
 * {@code gateway}, and {@code topics}, which makes the ground ready.
 *
 * <p>Each reads the configuration ({@link io.livemind.cli.config.Settings}), looks at the cluster
 * with {@link io.livemind.cli.role.ClusterCheck} (topics) and {@link io.livemind.cli.role.OwnNames}
 * (groups, changelog, transactions) so that what is wrong is told within seconds, and then runs
 * until it is told to stop.
 */
@NullMarked
package io.livemind.cli.role;

import org.jspecify.annotations.NullMarked;
