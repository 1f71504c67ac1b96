package io.livemind.replay.report;

import io.livemind.replay.Arm;
import io.livemind.replay.play.PlayResult;
import io.livemind.replay.play.PlayResult.Lateness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a replay has shown.
 *
 * @param speed by which typing was faster than recorded
 * @param stopped whether the replay was stopped early
 * @param notes what a reader must know to judge the figures: what was simulated, and how
 * @param arms figures per arm, in the order asked for
 * @param cuts of each arm against each of its baselines that was replayed too
 * @param sessions figures per session, in the order of the plays
 * @param overhead what the pipeline itself added to the latency, over all sessions; where known
 * @param lateness of the typing
 * @param rawHop a record's way through the brokers and nothing else, from producer to consumer,
 *     measured during the same replay; where that was done
 */
public record ReplayReport(
    double speed,
    boolean stopped,
    List<String> notes,
    List<ArmFigures> arms,
    List<Cut> cuts,
    List<SessionFigures> sessions,
    Optional<Distribution> overhead,
    Lateness lateness,
    Optional<Distribution> rawHop) {
  public ReplayReport {
    notes = List.copyOf(notes);
    arms = List.copyOf(arms);
    cuts = List.copyOf(cuts);
    sessions = List.copyOf(sessions);
  }

  /**
   * Sums up a replay.
   *
   * @param result what the player measured
   * @param arms that were replayed
   * @param speed of the typing
   * @param models what is known of the models that served
   * @param notes shown with the figures
   */
  public static ReplayReport of(
      PlayResult result, List<Arm> arms, double speed, ServedModels models, List<String> notes) {
    List<SessionFigures> sessions =
        result.sessions().stream().map(one -> SessionFigures.of(one, models)).toList();
    double[] overhead =
        sessions.stream()
            .map(SessionFigures::overheadSeconds)
            .flatMapToDouble(OptionalDouble::stream)
            .toArray();
    return new ReplayReport(
        speed,
        result.stopped(),
        notes,
        arms.stream().map(arm -> ArmFigures.of(arm, in(arm.name(), sessions))).toList(),
        cuts(arms, sessions),
        sessions,
        Distribution.of(overhead),
        result.lateness(),
        Optional.empty());
  }

  /** The same with the raw hop of the same replay. */
  public ReplayReport withRawHop(Optional<Distribution> hop) {
    return new ReplayReport(speed, stopped, notes, arms, cuts, sessions, overhead, lateness, hop);
  }

  /** Sessions that failed. */
  public int failed() {
    return arms.stream().mapToInt(ArmFigures::failed).sum();
  }

  private static List<Cut> cuts(List<Arm> arms, List<SessionFigures> sessions) {
    var cuts = new ArrayList<Cut>();
    for (Arm arm : arms)
      for (String baseline : arm.baselines())
        if (arms.stream().anyMatch(other -> other.name().equals(baseline)))
          cuts.add(Cut.of(arm.name(), baseline, in(arm.name(), sessions), in(baseline, sessions)));
    // Nothing can be told of arms that no recording was answered in.
    cuts.removeIf(cut -> cut.classes().isEmpty());
    return cuts;
  }

  private static List<SessionFigures> in(String arm, List<SessionFigures> sessions) {
    return sessions.stream().filter(one -> one.play().arm().name().equals(arm)).toList();
  }
}
