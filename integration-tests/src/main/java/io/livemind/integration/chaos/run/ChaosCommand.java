package io.livemind.integration.chaos.run;

import io.livemind.integration.chaos.process.PlantedBug;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command: {@code integration-tests/chaos [options]}. */
@Command(
    name = "integration-tests/chaos",
    description = {
      "Lets people type while things go wrong, and checks what they saw.",
      "Ctrl-C ends it with a report of what is finished."
    },
    mixinStandardHelpOptions = true)
public final class ChaosCommand implements Callable<Integer> {
  /** Of what is measured, where nothing else is said. */
  private static final int ROUNDS = 10;

  private static final int MANY_SESSIONS = 12;
  private static final int USUAL_SESSIONS = 8;
  private static final long LONGEST_FAREWELL_SECONDS = 60;

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
      description = "Seeds 1 to this, instead of --seeds.")
  private int rounds;

  @Option(
      names = "--kills",
      defaultValue = "0",
      description =
          "The long run: each case once, and then, until so many processes were killed, whatever"
              + " there is, one after another.")
  private int kills;

  @Option(
      names = "--recovery",
      description =
          "Measure how long turns stand still when a worker, all workers, a gateway, a topology"
              + " instance with and without a standby, or a broker of three is killed. --rounds is"
              + " how often; default: "
              + ROUNDS
              + ".")
  private boolean recovery;

  @Option(
      names = "--times",
      description =
          "Measure whether bad records and sessions slow the others (G7), and how much is answered"
              + " at twice the load (G9). --rounds is how often; default: "
              + ROUNDS
              + ".")
  private boolean times;

  @Option(
      names = "--sessions",
      defaultValue = "0",
      description =
          "People who type at a time. Default: "
              + USUAL_SESSIONS
              + ", with --times "
              + MANY_SESSIONS
              + "; --recovery has others come all the while.")
  private int sessions;

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
      names = "--stored",
      description = "Runs nothing: judge the histories in this folder, of earlier runs, again.")
  private @Nullable Path stored;

  @Option(
      names = "--publish",
      description =
          "Write a summary in Markdown: docs/faults.md, docs/recovery.md, docs/times-under-load.md.")
  private @Nullable Path summary;

  @Spec private @Nullable CommandSpec spec;

  private ChaosCommand() {}

  /** Arguments: see {@code --help}. */
  public static void main(String[] arguments) {
    var done = new CountDownLatch(1);
    Thread working = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().unstarted(() -> sendHome(working, done)));
    int exitCode = new CommandLine(new ChaosCommand()).execute(arguments);
    done.countDown();
    System.exit(exitCode);
  }

  /** Interrupted: what is finished is still reported. */
  private static void sendHome(Thread working, CountDownLatch done) {
    if (done.getCount() == 0) return;
    working.interrupt();
    try {
      if (!done.await(LONGEST_FAREWELL_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("integration-tests/chaos: no report: it does not come to an end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Integer call() {
    if (stored != null) return again(stored);
    var series = new Series(report);
    int measured = rounds > 0 ? rounds : ROUNDS;
    if (recovery) {
      var page = new RecoveryTimes(series, measured, wanted());
      return measured(series, page::measure, page::page);
    }
    if (times) {
      var page = new TimesUnderLoad(series, measured, crowd(MANY_SESSIONS));
      return measured(series, page::measure, page::page);
    }
    return faults(series);
  }

  private List<Case> wanted() {
    return cases.isEmpty() ? List.of(Case.values()) : cases;
  }

  private Crowd crowd(int usual) {
    return Crowd.of(sessions > 0 ? sessions : usual);
  }

  /** Something that can be interrupted. */
  @FunctionalInterface
  private interface Measurement {
    void run() throws InterruptedException;
  }

  /** What is finished is printed whatever happens; only what is whole is published. */
  private int measured(Series series, Measurement measurement, UnaryOperator<String> page) {
    boolean whole = isWhole(measurement);
    System.out.print(page.apply(commandLine()));
    new FaultReport(series.finished(), "").write(report);
    if (summary != null && whole) write(summary, page.apply(commandLine()));
    return verdict(series.finished(), whole);
  }

  private static boolean isWhole(Measurement measurement) {
    try {
      measurement.run();
      return true;
    } catch (InterruptedException stopped) {
      return false;
    } catch (RuntimeException e) {
      System.err.println("integration-tests/chaos: cannot go on: " + e.getMessage());
      return false;
    }
  }

  private static void write(Path file, String page) {
    try {
      Files.writeString(file, page);
    } catch (IOException e) {
      throw new UncheckedIOException("the page cannot be written to " + file, e);
    }
  }

  private int faults(Series series) {
    var size = new Cluster.Size(brokers, 2, standbys, 2, 2, PlantedBug.NONE);
    List<Case> wanted = wanted();
    boolean whole =
        isWhole(
            () -> {
              if (kills == 0) series.all(size, wanted.stream().flatMap(this::withSeeds).toList());
              else series.until(() -> series.kills() / (double) kills, size, longRun(wanted));
            });
    String again =
        " --brokers %d --standbys %d --sessions %d"
            .formatted(brokers, standbys, crowd(USUAL_SESSIONS).people());
    var faults = new FaultReport(series.finished(), again);
    faults.write(report);
    if (summary != null) faults.publish(summary, commandLine(), whole, Optional.of(series.took()));
    return verdict(series.finished(), whole);
  }

  private int again(Path histories) {
    var faults = FaultReport.ofStored(histories);
    faults.write(report);
    if (summary != null) faults.publish(summary, commandLine(), true, Optional.empty());
    return verdict(faults.runs(), true);
  }

  private Stream<Series.Step> withSeeds(Case chaosCase) {
    List<Long> all = rounds == 0 ? seeds : LongStream.rangeClosed(1, rounds).boxed().toList();
    Crowd crowd = crowd(USUAL_SESSIONS);
    return all.stream().map(seed -> new Series.Step(chaosCase, seed, crowd));
  }

  /** Each case once, and then one that kills and kills. */
  private Iterator<Series.Step> longRun(List<Case> once) {
    Crowd crowd = crowd(USUAL_SESSIONS);
    Stream<Series.Step> each = once.stream().map(chaosCase -> new Series.Step(chaosCase, 1, crowd));
    Stream<Series.Step> rest =
        LongStream.iterate(2, seed -> seed + 1)
            .mapToObj(seed -> new Series.Step(Case.KILLED_ONE_AFTER_ANOTHER, seed, crowd));
    return Stream.concat(each, rest).iterator();
  }

  private int verdict(List<Run> runs, boolean whole) {
    boolean good = runs.stream().noneMatch(Run::bad);
    long left = runs.stream().filter(run -> !run.bad() && !run.good()).count();
    System.out.println(
        "%d runs, %d not run, %d kills: %s%s: %s"
            .formatted(
                runs.size() - left,
                left,
                runs.stream().mapToInt(Run::kills).sum(),
                good ? "every promise was kept" : "a promise was broken, or a run came to no end",
                whole ? "" : " (stopped early)",
                report.resolve("report.html")));
    return good && whole ? 0 : 1;
  }

  private String commandLine() {
    if (spec == null) return "integration-tests/chaos";
    return "integration-tests/chaos "
        + String.join(" ", spec.commandLine().getParseResult().originalArgs());
  }
}
