/**
 * What a replay has shown, as figures, a text table and JSON.
 *
 * <ol>
 *   <li>{@link io.livemind.replay.report.ReplayReport}: all of it; made from what the player
 *       measured and what the caller knows of the models ({@link
 *       io.livemind.replay.report.ServedModels}).
 *   <li>{@link io.livemind.replay.report.SessionFigures}, {@link
 *       io.livemind.replay.report.ArmFigures}, {@link io.livemind.replay.report.Cut}: its parts.
 *   <li>{@link io.livemind.replay.report.Interval}, {@link io.livemind.replay.report.Distribution}:
 *       the arithmetic. No figure is rescaled.
 *   <li>{@link io.livemind.replay.report.ReportText}, {@link io.livemind.replay.report.ReportJson}:
 *       how it is shown.
 * </ol>
 */
@NullMarked
package io.livemind.replay.report;

import org.jspecify.annotations.NullMarked;
