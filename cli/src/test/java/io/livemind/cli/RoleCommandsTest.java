package io.livemind.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemind.cli.embedded.EmbeddedBroker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The roles as commands: they start, say so, stop, and tell within seconds why they cannot. */
class RoleCommandsTest {
  private static final List<String> SMALL =
      List.of(
          "--set=topics.partitions.sessions=2",
          "--set=topics.partitions.tasks=1",
          "--set=topics.partitions.addressed=2",
          "--set=topics.replication-factor=1");

  private static final List<String> MODEL =
      List.of(
          "--set=worker.models.large.replicas[0].base-url=http://127.0.0.1:9/v1",
          "--set=worker.models.large.replicas[0].model-name=none");

  private static EmbeddedBroker broker;
  private static Path state;

  @BeforeAll
  static void aClusterWithTopics(@TempDir Path folder) {
    state = folder;
    broker = EmbeddedBroker.start();
    assertThat(run(new Console(), "topics", SMALL)).isZero();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"topology", "worker", "gateway"})
  @Timeout(90)
  void aRoleSaysThatItIsReadyRunsUntilItIsToldToStopAndEndsCleanly(String role) throws Exception {
    var console = new Console();
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      List<String> options =
          Stream.of(
                  SMALL,
                  MODEL,
                  List.of(
                      "--set=gateway.port=0",
                      "--set=admin.port=0",
                      "--set=topology.state-directory=" + state))
              .flatMap(List::stream)
              .toList();
      Future<Integer> running = thread.submit(() -> run(console, role, options));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> running.isDone() || console.err().contains("livemind " + role + ": ready"));

      assertThat(fetch(console, "readyz")).contains("ready");
      assertThat(fetch(console, "metrics"))
          .contains("role=\"" + role + "\"")
          .contains("jvm_memory_used_bytes");
      console.context().interruption().request();
      running.get(30, TimeUnit.SECONDS);

      assertThat(console.err()).contains("livemind " + role + ": ready").contains(": stopped");
    }
  }

  @Test
  void topicsMayBeSetUpAgain() {
    var console = new Console();

    assertThat(run(console, "topics", SMALL)).isZero();
    assertThat(console.out()).contains("livemind.fragments 2").contains("livemind.answers 2");
  }

  @Test
  void anotherPartitionCountIsAUsageErrorThatNamesTheTopic() {
    var console = new Console();

    assertThat(run(console, "gateway", List.of("--set=topics.partitions.sessions=7"))).isEqualTo(2);
    assertThat(console.err()).contains("livemind.fragments has 2 partitions, but 7 are wanted");
  }

  @Test
  void missingTopicsAreNamedWithTheCommandThatMakesThem() {
    var console = new Console();

    assertThat(run(console, "topology", List.of("--set=topics.prefix=other."))).isEqualTo(3);
    assertThat(console.err())
        .contains("topic other.fragments does not exist")
        .contains("`livemind topics`")
        .contains("(--set topics.prefix)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"topology", "worker", "gateway", "topics"})
  @Timeout(20)
  void aBrokerThatCannotBeReachedIsToldWithKeyPlaceAndRemedy(String role) {
    var console = new Console(Map.of("LIVEMIND_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9"));

    assertThat(
            Livemind.run(
                console.context(),
                Stream.concat(Stream.of(role), MODEL.stream()).toArray(String[]::new)))
        .isEqualTo(3);
    assertThat(console.err())
        .contains("livemind.kafka.bootstrap.servers")
        .contains("environment variable LIVEMIND_KAFKA_BOOTSTRAP_SERVERS")
        .contains("check host and port");
  }

  @Test
  void aMissingModelIsAUsageError() {
    var console = new Console();

    assertThat(run(console, "worker", List.of())).isEqualTo(2);
    assertThat(console.err())
        .contains("livemind.worker.models.NAME.replicas[0].base-url is missing");
  }

  private static String fetch(Console console, String path) throws Exception {
    Matcher port = Pattern.compile("admin port ([0-9]+)").matcher(console.err());
    assertThat(port.find()).isTrue();
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.group(1) + "/" + path))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  private static int run(Console console, String role, List<String> options) {
    return Livemind.run(
        console.context(),
        Stream.concat(
                Stream.of(role, "--bootstrap-servers", broker.bootstrapServers()), options.stream())
            .toArray(String[]::new));
  }
}
