package io.livemind.benchmarks.roles;

import io.livemind.benchmarks.harness.FreePort;
import io.livemind.cli.embedded.EmbeddedBroker;
import io.livemind.cli.embedded.ScratchDirectory;
import io.livemind.cli.embedded.TopicLayout;
import io.livemind.cli.embedded.TopicSetup;
import io.livemind.schemas.Topics;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** A broker in this JVM, and one process of each role with the defaults of a deployment. */
final class Deployment implements AutoCloseable {
  static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);

  /** Of the answers, as of what the roles expect by default. */
  static final int ADDRESSED_PARTITIONS = 16;

  private static final TopicLayout LAYOUT =
      new TopicLayout(64, TopicLayout.TASKS, ADDRESSED_PARTITIONS, (short) 1);

  private static final String MODEL = "fast-hosted-70b";
  private static final String ONE_COPY = "--set=topics.replication-factor=1";
  private static final String READY = ": ready";

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final List<RoleProcess> roles = new ArrayList<>();
  private final Map<String, Object> kafka;
  private final String javaOptions;
  private final int workerAdminPort;

  private Deployment(String javaOptions) throws IOException {
    this.javaOptions = javaOptions;
    workerAdminPort = FreePort.now();
    EmbeddedBroker broker = EmbeddedBroker.start();
    opened.push(broker);
    kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  /**
   * Starts everything, and returns when each role says that it works.
   *
   * @param javaOptions more options for the JVM of each role
   */
  static Deployment start(String javaOptions) throws IOException, InterruptedException {
    var deployment = new Deployment(javaOptions);
    try {
      deployment.startRoles();
      return deployment;
    } catch (IOException | InterruptedException | RuntimeException e) {
      deployment.close();
      throw e;
    }
  }

  private void startRoles() throws IOException, InterruptedException {
    RoleProcess.build();
    try (Admin admin = Admin.create(kafka)) {
      new TopicSetup(admin, LAYOUT).ensure(TOPICS);
    }
    var state = ScratchDirectory.create();
    opened.push(state);
    RoleProcess simulator = start("simulator", "/v1", "--port=0");
    start("topology", READY, broker(), ONE_COPY, "--set=topology.state-directory=" + state.path());
    start(
        "worker",
        READY,
        broker(),
        ONE_COPY,
        "--set=admin.port=" + workerAdminPort,
        replica("base-url", simulator.address().toString()),
        replica("model-name", MODEL));
    start("gateway", READY, broker(), ONE_COPY, "--set=gateway.port=0");
  }

  private RoleProcess start(String name, String readyWord, String... arguments)
      throws IOException, InterruptedException {
    RoleProcess role = RoleProcess.start(name, javaOptions, readyWord, List.of(arguments));
    opened.push(role);
    roles.add(role);
    return role;
  }

  private String broker() {
    return "--set=kafka.bootstrap.servers=" + kafka.get("bootstrap.servers");
  }

  private static String replica(String key, String value) {
    return "--set=worker.models.large.replicas[0]." + key + "=" + value;
  }

  /** Connection settings of the broker. */
  Map<String, Object> kafka() {
    return kafka;
  }

  /** Where the worker tells its metrics. */
  int workerAdminPort() {
    return workerAdminPort;
  }

  /** One of each. */
  List<RoleProcess> roles() {
    return List.copyOf(roles);
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("a part of the deployment does not close", e);
      }
    }
  }
}
