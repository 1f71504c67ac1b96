package io.livemind.benchmarks.workers;

import io.livemind.benchmarks.harness.OpenLoop;
import io.livemind.benchmarks.harness.Publishing;
import io.livemind.benchmarks.harness.Report;
import io.livemind.benchmarks.harness.Table;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.Claim;
import io.livemind.schemas.avro.ControlCommand;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.simulator.LatencyModel;
import io.livemind.simulator.ModelProfile;
import io.livemind.simulator.ScriptedReply;
import io.livemind.simulator.ServedCall;
import io.livemind.simulator.Simulator;
import io.livemind.simulator.SimulatorConfig;
import io.livemind.workers.ReplicaConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How soon a cancel ends the running call: the model's server sees its connection close. */
@Command(
    name = "cancel-delay",
    description = "From the session machine's cancel to the end of the call at the model's server.")
public final class CancelDelayBenchmark implements Callable<Integer> {
  private static final int PLACES = 200;
  private static final int[] CALLS_PER_SECOND = {20, 100};
  private static final int SHORTEST_MILLIS = 20;
  private static final int LONGEST_MILLIS = 500;
  private static final long PROMISED_NANOS = Duration.ofMillis(50).toNanos();
  private static final int WARM_UP_PER_SECOND = 100;
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final String MODEL = "endless";

  /** The first token after a quarter of a second: about half of the cancels come before it. */
  private static final LatencyModel LATENCY = new LatencyModel(0.23, 0, 0.02);

  private static final int TOKENS = 3_000;

  @Mixin private Publishing publishing = new Publishing();

  @Option(
      names = "--seconds",
      defaultValue = "30",
      description = "Length of the load. Default: ${DEFAULT-VALUE}.")
  private int seconds = 30;

  private final Map<String, Long> cancelledNanos = new ConcurrentHashMap<>();

  @Override
  public Integer call() throws Exception {
    var table =
        new Table(
            "cancelled",
            "calls",
            "delay p50 / p99 / longest ms",
            "within 50 ms",
            "not ended by it");
    int unserved = 0;
    var profile = ModelProfile.of(MODEL, LATENCY);
    var reply = new ScriptedReply("word ".repeat(TOKENS), TOKENS, Optional.empty());
    var config = SimulatorConfig.of(Map.of(MODEL, profile)).withScript(List.of(reply));
    try (var bench = new Bench();
        var simulator = Simulator.start(config);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
      Topics topics = bench.freshTopics();
      var replica =
          ReplicaConfig.openAi(simulator.baseUrl(), MODEL, Optional.empty(), PLACES)
              .withSessionHeaders();
      try (AutoCloseable worker =
              new LiveMindWorkers(1).start(bench.kafka(), topics, PLACES, replica);
          ResultReader reader =
              ResultReader.start(
                  bench.kafka(),
                  topics,
                  (machine, session, claim) -> cancelSoon(timer, machine, session, claim));
          var feed = new TaskFeed(bench.kafka(), topics, LEASE)) {
        feed.dispatch(TaskKind.ANSWER, System.nanoTime());
        Bench.await(() -> !cancelledNanos.isEmpty());
        load(simulator, feed, WARM_UP_PER_SECOND, WARM_UP);
        for (int perSecond : CALLS_PER_SECOND) {
          long begun = System.nanoTime();
          int calls = load(simulator, feed, perSecond, Duration.ofSeconds(seconds));
          var served =
              simulator.served().stream()
                  .filter(call -> TaskFeed.dueNanos(call.session()) >= begun)
                  .toList();
          table.row(row(perSecond + "/s, before the first token", served, false));
          table.row(row(perSecond + "/s, in the stream", served, true));
          unserved += calls - served.size();
        }
      }
    }
    report(table, unserved);
    return 0;
  }

  private void cancelSoon(
      ScheduledExecutorService timer, ResultReader machine, String session, Claim claim) {
    int millis = ThreadLocalRandom.current().nextInt(SHORTEST_MILLIS, LONGEST_MILLIS);
    var unused =
        timer.schedule(
            () -> {
              cancelledNanos.put(session, System.nanoTime());
              machine.tell(session, claim, ControlCommand.CANCEL);
            },
            millis,
            TimeUnit.MILLISECONDS);
  }

  /** Returns how many calls there were, when all have been cancelled and none runs. */
  private int load(Simulator simulator, TaskFeed feed, int perSecond, Duration length)
      throws InterruptedException {
    int before = cancelledNanos.size();
    int calls = Math.toIntExact(perSecond * length.toSeconds());
    OpenLoop.run(perSecond, length, due -> feed.dispatch(TaskKind.ANSWER, due));
    Bench.await(
        () -> cancelledNanos.size() >= before + calls && simulator.load(MODEL).running() == 0);
    return calls;
  }

  private void report(Table table, int unserved) {
    var report =
        new Report(
            "cancel-delay",
            "Cancels: from the session machine to the model's server",
            "benchmarks/run cancel-delay --seconds " + seconds);
    report.line(
        "Answers over HTTP in an open loop, each cancelled "
            + SHORTEST_MILLIS
            + " to "
            + LONGEST_MILLIS
            + " ms after its claim; from the cancel's record to the moment at which the simulator sees"
            + " the connection close. Broker, load, worker and simulator in one JVM.");
    report.line("");
    report.table(table);
    report.line("Calls that were cancelled before they had reached the server: " + unserved + ".");
    publishing.publish(report);
  }

  private String[] row(String title, List<ServedCall> served, boolean afterText) {
    var delays = new Histogram(3);
    int count = 0;
    for (ServedCall call : served) {
      if (call.firstTokenNanos().isPresent() != afterText) continue;
      count++;
      Long cancelled = cancelledNanos.get(call.session());
      if (call.cancelled() && cancelled != null)
        delays.recordValue(Math.max(0, call.endedNanos() - cancelled));
    }
    return new String[] {
      title,
      Integer.toString(count),
      "%.1f / %.1f / %.1f"
          .formatted(
              delays.getValueAtPercentile(50) / 1e6,
              delays.getValueAtPercentile(99) / 1e6,
              delays.getMaxValue() / 1e6),
      "%.1f %%"
          .formatted(100.0 * delays.getCountBetweenValues(0, PROMISED_NANOS) / Math.max(1, count)),
      Long.toString(count - delays.getTotalCount())
    };
  }
}
