/**
 * Recordings, played through the whole pipeline in this process.
 *
 * <ol>
 *   <li>{@link io.livemind.cli.experiment.Experiment}: what is played, how fast.
 *   <li>{@link io.livemind.cli.experiment.Models}: who answers, the simulator ({@link
 *       io.livemind.cli.experiment.SimulatedModels}) or servers that the user named ({@link
 *       io.livemind.cli.experiment.EndpointModels}).
 *   <li>{@link io.livemind.cli.experiment.Laboratory}: plays it and reports.
 *   <li>{@link io.livemind.cli.experiment.Damage} and {@link io.livemind.cli.experiment.Verdict}:
 *       whether the checks would notice a broken pipeline, and what they found.
 * </ol>
 */
@NullMarked
package io.livemind.cli.experiment;

import org.jspecify.annotations.NullMarked;
