package io.livemind.integration.chaos.run;

import io.livemind.integration.chaos.check.Guarantee;
import io.livemind.integration.chaos.process.PlantedBug;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command: {@code integration-tests/chaos [options]}. */
@Command(
    name = "integration-tests/chaos",
    description = "Lets people type while things go wrong, and checks what they saw.",
    mixinStandardHelpOptions = true)
public final class ChaosCommand implements Callable<Integer> {
  /** Good runs whose histories stand in the report itself; all lie beside it. */
  private static final int MOST_HISTORIES = 60;

  @Option(
      names = "--cases",
      split = ",",
      description = "Cases; by default all: ${COMPLETION-CANDIDATES}.")
  private List<Case> cases = List.of();

  @Option(
      names = "--seeds",
      split = ",",
      defaultValue = "1,2,3",
      description = "Seeds of each case. Default: ${DEFAULT-VALUE}.")
  private List<Long> seeds = List.of();

  @Option(
      names = "--rounds",
      defaultValue = "0",
      description =
          "Seeds 1 to this, instead of --seeds: for a long run. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--sessions",
      defaultValue = "8",
      description = "People who type at a time. Default: ${DEFAULT-VALUE}.")
  private int sessions = 8;

  @Option(
      names = "--standbys",
      defaultValue = "1",
      description = "Copies of the store on other instances. Default: ${DEFAULT-VALUE}.")
  private int standbys = 1;

  @Option(
      names = "--brokers",
      defaultValue = "1",
      description = "1, or 3 that hold copies of each other. Default: ${DEFAULT-VALUE}.")
  private int brokers = 1;

  @Option(
      names = "--report",
      defaultValue = "integration-tests/target/chaos",
      description = "Folder of the report and the histories. Default: ${DEFAULT-VALUE}.")
  private Path report = Path.of("integration-tests/target/chaos");

  @Option(
      names = "--publish",
      description = "Write a summary in Markdown; docs/faults.md is where the last one is kept.")
  private @Nullable Path summary;

  @Spec private @Nullable CommandSpec spec;

  private ChaosCommand() {}

  /** Arguments: see {@code --help}. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ChaosCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    List<Run> runs = new ArrayList<>();
    try (var cluster =
        Cluster.start(new Cluster.Size(brokers, 2, standbys, 2, 2, PlantedBug.NONE))) {
      for (Case chaosCase : cases.isEmpty() ? List.of(Case.values()) : cases) {
        for (long seed : wantedSeeds()) {
          Run run = Run.of(cluster, chaosCase, seed, sessions);
          FaultReport.writeHistory(run, report);
          boolean kept = !run.verdict().good() || runs.size() < MOST_HISTORIES;
          runs.add(kept ? run : run.withoutHistory());
          System.out.println(line(run));
        }
      }
    }
    var faults = new FaultReport(runs);
    faults.write(report);
    if (summary != null) faults.publish(summary, commandLine());
    boolean good = runs.stream().allMatch(run -> run.verdict().good());
    System.out.println((good ? "every promise was kept: " : "a promise was broken: ") + report);
    return good ? 0 : 1;
  }

  private List<Long> wantedSeeds() {
    return rounds == 0 ? seeds : LongStream.rangeClosed(1, rounds).boxed().toList();
  }

  private String commandLine() {
    if (spec == null) return "integration-tests/chaos";
    return "integration-tests/chaos "
        + String.join(" ", spec.commandLine().getParseResult().originalArgs());
  }

  private static String line(Run run) {
    var text =
        new StringBuilder(
            "%-22s seed %d: "
                .formatted(run.chaosCase().name().toLowerCase(Locale.ROOT), run.seed()));
    if (run.verdict().good()) return text.append("good").toString();
    if (!run.verdict().conclusive()) text.append("inconclusive ");
    for (Guarantee guarantee : Guarantee.values()) {
      List<String> violations = run.verdict().violations().getOrDefault(guarantee, List.of());
      if (!violations.isEmpty()) {
        text.append(guarantee.name()).append(' ').append(violations.getFirst()).append("; ");
      }
    }
    return text.toString();
  }
}
