package io.livemind.benchmarks.start;

import io.livemind.benchmarks.harness.ProcessMemory;
import io.livemind.benchmarks.harness.Publishing;
import io.livemind.benchmarks.harness.Report;
import io.livemind.benchmarks.harness.Table;
import io.livemind.cli.embedded.EmbeddedBroker;
import io.livemind.cli.embedded.ScratchDirectory;
import io.livemind.cli.embedded.TopicLayout;
import io.livemind.cli.embedded.TopicSetup;
import io.livemind.schemas.Topics;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What each role holds in memory while nobody types. */
@Command(
    name = "at-rest",
    description = "The memory of each role as a process of its own, while nobody types.")
public final class AtRestBenchmark implements Callable<Integer> {
  private static final String ONE_COPY = "--set=topics.replication-factor=1";
  private static final String READY = ": ready";

  /** What the roles expect by default, on one broker. */
  private static final TopicLayout DEPLOYMENT =
      new TopicLayout(64, TopicLayout.TASKS, 16, (short) 1);

  /** Nobody asks it. */
  private static final String NO_MODEL = "http://127.0.0.1:9/v1";

  @Mixin private Publishing publishing = new Publishing();

  @Option(
      names = "--rest",
      defaultValue = "30",
      description = "Seconds from the last start to the look. Default: ${DEFAULT-VALUE}.")
  private int restSeconds = 30;

  @Option(
      names = "--java-options",
      defaultValue = "",
      description = "More options for the JVM of each role.")
  private String javaOptions = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    String command =
        "benchmarks/run at-rest"
            + (javaOptions.isEmpty() ? "" : " --java-options '" + javaOptions + "'");
    var report = new Report("at-rest", "What each role holds in memory at rest", command);
    Deque<RestingRole> roles = new ArrayDeque<>();
    try (var broker = EmbeddedBroker.start();
        var state = ScratchDirectory.create()) {
      createTopics(broker);
      String kafka = "--set=kafka.bootstrap.servers=" + broker.bootstrapServers();
      start(roles, "simulator", "/v1", List.of("--port=0"));
      start(roles, "topology", READY, List.of(kafka, ONE_COPY, stateIn(state)));
      start(
          roles,
          "worker",
          READY,
          List.of(kafka, ONE_COPY, replica("base-url", NO_MODEL), replica("model-name", "none")));
      start(roles, "gateway", READY, List.of(kafka, ONE_COPY, "--set=gateway.port=0"));
      Thread.sleep(restSeconds * 1_000L);
      report.table(table(roles));
    } finally {
      roles.forEach(RestingRole::close);
    }
    report.line(
        "Of each process, %d s after the last start. Pages of files are the JDK, the jars and the AOT cache, which"
            .formatted(restSeconds));
    report.line("processes of one machine share.");
    publishing.publish(report);
    return 0;
  }

  private void start(
      Deque<RestingRole> roles, String name, String readyWord, List<String> arguments)
      throws IOException, InterruptedException {
    roles.add(RestingRole.start(name, javaOptions, readyWord, arguments));
  }

  private static void createTopics(EmbeddedBroker broker) throws InterruptedException {
    Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Admin admin = Admin.create(kafka)) {
      new TopicSetup(admin, DEPLOYMENT).ensure(new Topics(Topics.DEFAULT_PREFIX));
    }
  }

  private static String replica(String key, String value) {
    return "--set=worker.models.large.replicas[0]." + key + "=" + value;
  }

  private static String stateIn(ScratchDirectory state) {
    return "--set=topology.state-directory=" + state.path();
  }

  private static Table table(Iterable<RestingRole> roles) {
    var table = new Table("role", "in memory, MB", "of it pages of files, MB");
    for (RestingRole role : roles) {
      ProcessMemory memory = role.memory();
      table.row(
          role.name(),
          "%.0f".formatted(memory.residentMegabytes()),
          "%.0f".formatted(memory.fileMegabytes()));
    }
    return table;
  }
}
