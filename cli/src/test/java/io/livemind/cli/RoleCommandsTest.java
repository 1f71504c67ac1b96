package io.livemind.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemind.cli.embedded.EmbeddedBroker;
import io.livemind.schemas.FailureCode;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.DeadLetter;
import io.livemind.schemas.avro.DeadLetterHeader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
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
  @Timeout(180)
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

      assertThat(fetch(console, "livez")).isNotEmpty();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(fetch(console, "readyz")).isEqualTo("ready\n"));
      assertThat(fetch(console, "metrics"))
          .contains("role=\"" + role + "\"")
          .contains("jvm_memory_used_bytes");
      console.context().interruption().request();
      running.get(60, TimeUnit.SECONDS);

      assertThat(console.err()).contains("livemind " + role + ": ready").contains(": stopped");
    }
  }

  @Test
  void aDeadLetterIsListedShownWithoutItsBytesAndSentAgain() throws Exception {
    var topics = new Topics(Topics.DEFAULT_PREFIX);
    var letter =
        new DeadLetter(
            topics.fragments().name(),
            1,
            42L,
            0L,
            FailureCode.UNREADABLE.code(),
            "no schema",
            ByteBuffer.wrap("session".getBytes(StandardCharsets.UTF_8)),
            ByteBuffer.wrap("canary".getBytes(StandardCharsets.UTF_8)),
            List.of(new DeadLetterHeader("trace", null)));
    var older = DeadLetter.newBuilder(letter).setCode(FailureCode.UNPROCESSABLE.code()).build();
    Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    var bytes = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(kafka, bytes, bytes)) {
      var serializer = topics.deadLetters().value().serializer();
      String topic = topics.deadLetters().name();
      byte[] nonsense = "nonsense".getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(topic, nonsense)).get();
      for (DeadLetter one : List.of(older, letter))
        producer.send(new ProducerRecord<>(topic, serializer.serialize(topic, one))).get();
    }
    var listed = new Console();
    var shown = new Console();
    var again = new Console();

    List<String> which = List.of("--code", FailureCode.UNREADABLE.code(), "--limit", "1");
    assertThat(run(listed, "dead-letters list", which)).isZero();
    assertThat(listed.err())
        .contains("passed over, no dead letter of this release: 1")
        .doesNotContain("more than these");
    var cut = new Console();
    assertThat(run(cut, "dead-letters list", List.of("--limit", "1"))).isZero();
    assertThat(cut.out()).hasLineCount(1);
    assertThat(cut.err()).contains("more than these 1").contains("--limit");
    String number = listed.out().substring(0, listed.out().indexOf(' '));
    assertThat(run(shown, "dead-letters show", List.of(number))).isZero();
    assertThat(run(again, "dead-letters retry", List.of(number))).isZero();

    assertThat(listed.out()).contains("unreadable livemind.fragments-1@42 no schema");
    assertThat(shown.out()).contains("value 6 bytes").contains("header trace none");
    assertThat(listed.out() + shown.out()).doesNotContain("canary");
    assertThat(again.out()).contains("sent again");
    ConsumerRecord<byte[], byte[]> sent = last(kafka, topics.fragments().name(), 1);
    assertThat(sent.value()).asString(StandardCharsets.UTF_8).isEqualTo("canary");
    assertThat(sent.headers().lastHeader("livemind-retried").value())
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo(number);
  }

  private static ConsumerRecord<byte[], byte[]> last(
      Map<String, Object> kafka, String topic, int partition) {
    var from = new TopicPartition(topic, partition);
    var bytes = new ByteArrayDeserializer();
    try (var consumer = new KafkaConsumer<>(kafka, bytes, bytes)) {
      consumer.assign(List.of(from));
      consumer.seek(from, consumer.endOffsets(List.of(from)).getOrDefault(from, 1L) - 1);
      return consumer.poll(Duration.ofSeconds(30)).iterator().next();
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
    assertThat(port.find()).as(console.err()).isTrue();
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
                Stream.concat(
                    Arrays.stream(role.split(" ")),
                    Stream.of("--bootstrap-servers", broker.bootstrapServers())),
                options.stream())
            .toArray(String[]::new));
  }
}
