package io.livemind.benchmarks.workers;

import io.livemind.benchmarks.harness.OpenLoop;
import io.livemind.benchmarks.harness.ProcessCpu;
import io.livemind.benchmarks.harness.Report;
import io.livemind.benchmarks.harness.Table;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.simulator.LatencyModel;
import io.livemind.simulator.ModelProfile;
import io.livemind.simulator.Simulator;
import io.livemind.simulator.SimulatorConfig;
import io.livemind.workers.ReplicaConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The same over HTTP, LangChain4j and the simulator, which shares the JVM. */
final class HttpTrial {
  private static final int PLACES = 1000;
  private static final String MODEL = "timed";

  /** Overhead of 0.2 s; tokens cost nothing. */
  private static final LatencyModel LATENCY = new LatencyModel(0.2, 0, 0);

  private final Bench bench;
  private final Duration length;

  HttpTrial(Bench bench, Duration length) {
    this.bench = bench;
    this.length = length;
  }

  void report(Report report) throws Exception {
    var table = new Table("over HTTP, " + PLACES + " places", "calls/s", "CPU µs a call");
    for (int offered : new int[] {250, 500, 1000}) table.row(row(offered));
    report.table(table);
    report.line("CPU with broker, load and simulator in the same JVM.");
    report.line("");
  }

  private String[] row(int offered) throws Exception {
    var profile = ModelProfile.of(MODEL, LATENCY);
    Topics topics = bench.freshTopics();
    try (var simulator = Simulator.start(SimulatorConfig.of(Map.of(MODEL, profile)));
        AutoCloseable worker =
            new LiveMindWorkers(1)
                .start(
                    bench.kafka(),
                    topics,
                    PLACES,
                    ReplicaConfig.openAi(simulator.baseUrl(), MODEL, Optional.empty(), PLACES));
        var feed = new TaskFeed(bench.kafka(), topics, length)) {
      OpenLoop.run(offered, Duration.ofSeconds(3), due -> feed.dispatch(TaskKind.ANSWER, due));
      int before = simulator.served().size();
      long begun = System.nanoTime();
      long cpu = ProcessCpu.nanos();
      OpenLoop.run(offered, length, due -> feed.dispatch(TaskKind.ANSWER, due));
      double seconds = (System.nanoTime() - begun) / 1e9;
      int calls = simulator.served().size() - before;
      return new String[] {
        offered + "/s offered",
        "%.0f".formatted(calls / seconds),
        "%.0f".formatted((ProcessCpu.nanos() - cpu) / 1e3 / Math.max(1, calls))
      };
    }
  }
}
