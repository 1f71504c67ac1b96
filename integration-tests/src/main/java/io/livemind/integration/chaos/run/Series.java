package io.livemind.integration.chaos.run;

import io.livemind.integration.chaos.check.Guarantee;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Runs one after another, with a line on each and how long the rest will take. What is finished
 * stays when somebody interrupts it.
 *
 * <p>Threading: one thread.
 */
final class Series {
  /** Of good runs whose histories are kept for the report; all are written to the folder. */
  private static final int MOST_EVENTS = 200_000;

  private final Path folder;
  private final long begunNanos = System.nanoTime();
  private final List<Run> runs = new ArrayList<>();
  private int keptEvents;

  /** A case with a seed, and who comes. */
  record Step(Case chaosCase, long seed, Crowd crowd) {}

  /**
   * Nothing is run yet.
   *
   * @param folder of the histories
   */
  Series(Path folder) {
    this.folder = folder;
  }

  /** Those that have come to their end, in their order. */
  List<Run> finished() {
    return List.copyOf(runs);
  }

  /** Processes that were killed until now. */
  int kills() {
    return runs.stream().mapToInt(Run::kills).sum();
  }

  Duration took() {
    return Duration.ofNanos(System.nanoTime() - begunNanos);
  }

  /** Runs all of these on one deployment. */
  void all(Cluster.Size size, List<Step> steps) throws InterruptedException {
    int before = runs.size();
    until(() -> (runs.size() - before) / (double) steps.size(), size, steps.iterator());
  }

  /**
   * Runs these on one deployment, and on another one after a run that came to no end.
   *
   * @param reached which part of what is wanted is reached; it ends at one
   */
  void until(DoubleSupplier reached, Cluster.Size size, Iterator<Step> steps)
      throws InterruptedException {
    long startNanos = System.nanoTime();
    Cluster cluster = Cluster.start(size);
    try {
      while (reached.getAsDouble() < 1 && steps.hasNext()) {
        Step step = steps.next();
        Run run = run(cluster, step);
        if (cluster.stoodStill()) {
          System.out.println(
              "a topology instance stood still for seconds and ended itself, as it should where a"
                  + " machine is too busy: once more, on another deployment");
          cluster.close();
          cluster = Cluster.start(size);
          run = run(cluster, step);
        }
        if (run.ending().reached() == Run.Reached.BROKEN) {
          cluster.close();
          cluster = Cluster.start(size);
        }
        keptEvents += run.history().events().size();
        boolean kept = run.bad() || keptEvents < MOST_EVENTS;
        runs.add(kept ? run : run.withoutHistory());
        System.out.println(line(run) + left(reached.getAsDouble(), startNanos));
      }
    } finally {
      cluster.close();
    }
  }

  private Run run(Cluster cluster, Step step) throws InterruptedException {
    Optional<String> impossible = step.chaosCase().impossible();
    if (impossible.isPresent()) {
      return Run.impossible(step.chaosCase(), step.seed(), impossible.get());
    }
    try {
      Run run = Run.of(cluster, step.chaosCase(), step.seed(), step.crowd());
      FaultReport.writeHistory(run, folder);
      return run;
    } catch (RuntimeException e) {
      return Run.broken(step.chaosCase(), step.seed(), e);
    }
  }

  private static String left(double part, long startNanos) {
    if (part <= 0 || part >= 1) return "";
    double seconds = (System.nanoTime() - startNanos) / 1e9 * (1 - part) / part;
    return "  [%.0f %%, about %.0f min left]".formatted(100 * part, Math.ceil(seconds / 60));
  }

  private static String line(Run run) {
    var text =
        new StringBuilder(
            "%-24s seed %d: "
                .formatted(run.chaosCase().name().toLowerCase(Locale.ROOT), run.seed()));
    switch (run.ending().reached()) {
      case BROKEN -> text.append("no end: ").append(run.ending().why());
      case NOT_RUN -> text.append("not run: ").append(run.ending().why());
      case WHOLE -> judged(run, text);
    }
    return text.toString();
  }

  private static void judged(Run run, StringBuilder text) {
    if (run.good()) text.append("good");
    else if (!run.verdict().conclusive()) text.append("inconclusive ");
    for (Guarantee guarantee : Guarantee.values()) {
      List<String> violations = run.verdict().violations().getOrDefault(guarantee, List.of());
      if (!violations.isEmpty()) {
        text.append(guarantee.name()).append(' ').append(violations.getFirst()).append("; ");
      }
    }
  }
}
