package io.livemind.benchmarks.scaling;

import io.livemind.benchmarks.harness.Publishing;
import io.livemind.benchmarks.harness.Report;
import io.livemind.benchmarks.harness.Table;
import io.livemind.benchmarks.scaling.Fleet.Policy;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The tables of {@code docs/scaling.md}. */
@Command(
    name = "scaling",
    description = "What a million people who type would need: arithmetic on measured costs.")
public final class ScalingReport implements Callable<Integer> {
  private static final int PLACES = 1_000;
  private static final int TURNS = 200_000;
  private static final long SEED = 20_261_126;

  /** Measured by {@code benchmarks/run log-bytes}. */
  private static final double FRAGMENT_BYTES = 80;

  /** The same. */
  private static final double CALL_BYTES = 1_580;

  /** An event of the answers is 90 bytes there; a delta says more. */
  private static final double DELTA_BYTES = 130;

  private static final double DELTAS_PER_SECOND = 15;

  @Mixin private Publishing publishing = new Publishing();

  @Option(
      names = "--typists",
      split = ",",
      defaultValue = "10000,100000,1000000",
      description = "People who type at one time. Default: ${DEFAULT-VALUE}.")
  private List<Double> typists = List.of();

  @Option(
      names = "--topology-micros",
      defaultValue = "62",
      description = "Processor time of a fragment in the topology. Default: ${DEFAULT-VALUE}.")
  private double topologyMicros;

  @Option(
      names = "--worker-micros",
      defaultValue = "780",
      description = "Of a model call in a worker. Default: ${DEFAULT-VALUE}.")
  private double workerMicros;

  @Option(
      names = "--worker-token-micros",
      defaultValue = "78",
      description = "Of a token in a worker. Default: ${DEFAULT-VALUE}.")
  private double workerTokenMicros;

  @Option(
      names = "--tokens-per-second",
      defaultValue = "50",
      description = "Of a running call. Default: ${DEFAULT-VALUE}.")
  private double tokensPerSecond;

  @Option(
      names = "--gateway-micros",
      defaultValue = "27",
      description = "Of a record in a gateway. Default: ${DEFAULT-VALUE}.")
  private double gatewayMicros;

  @Option(
      names = "--head-bytes",
      defaultValue = "274",
      description = "Of a fragment in the changelog. Default: ${DEFAULT-VALUE}.")
  private double headBytes;

  @Option(
      names = "--broker-megabytes",
      defaultValue = "10",
      description = "A second that a core of a broker carries. Default: ${DEFAULT-VALUE}.")
  private double brokerMegabytes;

  @Option(
      names = "--session-bytes",
      defaultValue = "450",
      description = "Of an open session, heap and store. Default: ${DEFAULT-VALUE}.")
  private double sessionBytes;

  @Option(
      names = "--partition-tasks",
      defaultValue = "2420",
      description = "A second through one partition of a task topic. Default: ${DEFAULT-VALUE}.")
  private double partitionTasks;

  @Override
  public Integer call() {
    var report =
        new Report(
            "scaling-tables",
            "A million people who type, by arithmetic",
            "benchmarks/run scaling --topology-micros %.0f --worker-micros %.0f --worker-token-micros %.0f --tokens-per-second %.0f --gateway-micros %.0f --head-bytes %.0f --broker-megabytes %.0f --session-bytes %.0f --partition-tasks %.0f"
                .formatted(
                    topologyMicros,
                    workerMicros,
                    workerTokenMicros,
                    tokensPerSecond,
                    gatewayMicros,
                    headBytes,
                    brokerMegabytes,
                    sessionBytes,
                    partitionTasks));
    report.line("Nothing in these tables was measured at this size.");
    report.line("");
    report.table(needs());
    report.line(
        "The models' fleet, simulated: wait of an answer for a place, p50 / p99 s, and the share of thinking done.");
    report.line("");
    report.table(fleet());
    publishing.publish(report);
    return 0;
  }

  private Table needs() {
    var costs =
        new Costs(
            topologyMicros,
            workerMicros,
            workerTokenMicros,
            gatewayMicros,
            brokerMegabytes,
            FRAGMENT_BYTES,
            headBytes,
            CALL_BYTES,
            DELTA_BYTES,
            DELTAS_PER_SECOND,
            tokensPerSecond,
            sessionBytes,
            partitionTasks);
    List<ScalingModel> models =
        typists.stream()
            .map(count -> new ScalingModel(People.MILLION.withTypists(count), costs))
            .toList();
    var table =
        new Table(
            Stream.concat(Stream.of("people who type"), typists.stream().map("%,.0f"::formatted))
                .toArray(String[]::new));
    add(table, "fragments a second", models, model -> model.people().fragments());
    add(table, "turns a second", models, model -> model.people().turns());
    add(table, "inference tasks a second", models, model -> model.people().inferenceTasks());
    add(table, "prefixes, one partition of inference tasks each", models, ScalingModel::prefixes);
    add(table, "written, MB/s", models, ScalingModel::writtenMegabytes);
    add(table, "… of it changelog", models, ScalingModel::changelogMegabytes);
    add(table, "on disks, three replicas, MB/s", models, ScalingModel::storedMegabytes);
    add(table, "broker cores", models, ScalingModel::brokerCores);
    add(table, "brokers of 16 cores", models, ScalingModel::brokers);
    add(table, "partitions of fragments, of all prefixes", models, ScalingModel::partitions);
    add(table, "topology cores", models, ScalingModel::topologyCores);
    add(table, "topology instances of 4 cores", models, ScalingModel::topologyInstances);
    add(table, "worker cores", models, ScalingModel::workerCores);
    add(table, "gateway cores", models, ScalingModel::gatewayCores);
    add(table, "all cores, without the models'", models, ScalingModel::cores);
    add(table, "open sessions, heap and store, GB", models, ScalingModel::sessionGigabytes);
    add(table, "model calls at a time", models, ScalingModel::callsAtATime);
    return table;
  }

  private static void add(
      Table table, String name, List<ScalingModel> models, ToDoubleFunction<ScalingModel> value) {
    table.row(
        Stream.concat(
                Stream.of(name),
                models.stream().map(model -> "%,.0f".formatted(value.applyAsDouble(model))))
            .toArray(String[]::new));
  }

  private static Table fleet() {
    double[] loads = {0.8, 0.95, 1.05, 1.5, 1.9, 2.1};
    String[] header = new String[loads.length + 1];
    header[0] = "work offered, of what the fleet can do";
    for (int i = 0; i < loads.length; i++) header[i + 1] = "%.2f".formatted(loads[i]);
    var table = new Table(header);
    for (Policy policy : Policy.values()) {
      String[] row = new String[loads.length + 1];
      row[0] = policy.text();
      for (int i = 0; i < loads.length; i++) {
        var outcome = Fleet.simulate(PLACES, loads[i], policy, TURNS, SEED);
        row[i + 1] =
            "%.1f / %.1f, %.0f %%"
                .formatted(
                    outcome.answerWaitP50Seconds(),
                    outcome.answerWaitP99Seconds(),
                    100 * outcome.thoughtShare());
      }
      table.row(row);
    }
    return table;
  }
}
