package io.livemind.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemind.cli.embedded.EmbeddedBroker;
import io.livemind.cli.embedded.TopicLayout;
import io.livemind.cli.embedded.TopicSetup;
import io.livemind.client.LiveMind;
import io.livemind.client.LiveSession;
import io.livemind.client.SessionListener;
import io.livemind.client.SessionRequest;
import io.livemind.client.TurnEnd;
import io.livemind.gateway.GatewayApp;
import io.livemind.gateway.GatewayConfig;
import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.simulator.LatencyModel;
import io.livemind.simulator.ModelProfile;
import io.livemind.simulator.Simulator;
import io.livemind.simulator.SimulatorConfig;
import io.livemind.topology.StoreConfig;
import io.livemind.topology.TopologyApp;
import io.livemind.topology.TopologyConfig;
import io.livemind.workers.ModelConfig;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.WorkerApp;
import io.livemind.workers.WorkerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was typed leaves the disks of the brokers, of the instance that holds its session and of the
 * one that holds a copy, though nobody types any more; dead letters that hold it included. With
 * seconds in the place of the hour and the ten minutes of {@link Topics} and {@link StoreConfig},
 * and without compression, which would hide the text from this test.
 */
@Tag("long")
class DeletionTest {
  private static final String CANARY = "zebrafinchcanary";
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
  private static final Map<String, String> HASTY_BROKER =
      Map.of(
          "log.retention.check.interval.ms", "500",
          "log.initial.task.delay.ms", "500",
          "log.segment.delete.delay.ms", "100",
          "log.cleaner.backoff.ms", "200");
  private static final Map<String, String> HASTY_TOPIC =
      Map.of("retention.ms", "12000", "segment.ms", "1000", "compression.type", "uncompressed");
  private static final Duration REWRITTEN_AFTER = Duration.ofSeconds(3);

  @Test
  void aDeletedSessionsTextIsInNoLogAndNoStore(@TempDir Path oneState, @TempDir Path otherState)
      throws Exception {
    var profile = ModelProfile.of("model", new LatencyModel(0.05, 0, 0.01));
    try (var broker = EmbeddedBroker.start(HASTY_BROKER);
        var simulator = Simulator.start(SimulatorConfig.of(Map.of("model", profile)))) {
      Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
      prepare(kafka);
      var replica = ReplicaConfig.openAi(simulator.baseUrl(), "model", Optional.empty(), 4);
      var model = new ModelConfig(List.of(replica));
      var workers =
          WorkerConfig.defaults("w", kafka, "test", Map.of("large", model, "small", model), 4);
      try (var one = TopologyApp.start(topology(kafka, oneState), TOPICS);
          var other = TopologyApp.start(topology(kafka, otherState), TOPICS);
          var worker = WorkerApp.start(workers, TOPICS);
          var gateway = GatewayApp.start(GatewayConfig.local(0, kafka), TOPICS);
          var liveMind = LiveMind.at(gateway.uri())) {
        LiveSession session = liveMind.open(SessionRequest.DEFAULT, SessionListener.NONE);
        answer(session, "The " + CANARY + " sings at dawn. Why does it sing? ");
        typeWhatIsNoFragment(kafka);
        // A test that looks at the wrong places would find nothing there at its end, too.
        for (Path disk : List.of(broker.directory(), oneState, otherState))
          await().atMost(LONGEST).untilAsserted(() -> assertThat(holding(disk)).isNotEmpty());
        await()
            .atMost(LONGEST)
            .untilAsserted(
                () ->
                    assertThat(holding(broker.directory())).anyMatch(DeletionTest::isDeadLetters));

        session.delete().get();

        for (Path disk : List.of(broker.directory(), oneState, otherState))
          await()
              .atMost(LONGEST)
              .pollInterval(Duration.ofMillis(500))
              .untilAsserted(() -> assertThat(holding(disk)).isEmpty());
        assertThat(one.isRunning() && other.isRunning()).isTrue();
      }
    }
  }

  private static TopologyConfig topology(Map<String, Object> kafka, Path state) {
    return TopologyConfig.defaults("test", kafka, state)
        .storing(store -> store.rewriting(REWRITTEN_AFTER).withStandbyReplicas(1));
  }

  private static void answer(LiveSession session, String prompt) throws Exception {
    session.type(prompt);
    assertThat(session.submit().get(60, TimeUnit.SECONDS)).isInstanceOf(TurnEnd.Answered.class);
  }

  /** Its bytes, and so whatever text is in them, go to the dead letters. */
  private static void typeWhatIsNoFragment(Map<String, Object> kafka) throws Exception {
    byte[] bytes = ("no fragment: " + CANARY).getBytes(StandardCharsets.UTF_8);
    try (var producer =
        new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(TOPICS.fragments().name(), bytes)).get();
    }
  }

  private static boolean isDeadLetters(Path file) {
    return file.toString().contains(TOPICS.deadLetters().name());
  }

  private static void prepare(Map<String, Object> kafka) throws Exception {
    try (Admin admin = Admin.create(kafka)) {
      new TopicSetup(admin, TopicLayout.EMBEDDED).ensure(TOPICS);
      for (Topic<?, ?> topic : TOPICS.inOrder())
        if (!topic.equals(TOPICS.usage())) alter(admin, topic.name(), HASTY_TOPIC);
    }
  }

  private static void alter(Admin admin, String topic, Map<String, String> settings)
      throws Exception {
    Collection<AlterConfigOp> changes =
        settings.entrySet().stream()
            .map(set -> new ConfigEntry(set.getKey(), set.getValue()))
            .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
            .toList();
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    admin.incrementalAlterConfigs(Map.of(resource, changes)).all().get();
  }

  /** Files that hold the text as it was typed. */
  private static List<Path> holding(Path folder) {
    List<Path> holding = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList())
        if (contains(file)) holding.add(file);
    } catch (UncheckedIOException vanished) {
      // A file that went away while the folder was read: it is looked at again.
      return List.of(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return holding;
  }

  private static boolean contains(Path file) throws IOException {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(CANARY);
    } catch (NoSuchFileException gone) {
      return false;
    }
  }
}
