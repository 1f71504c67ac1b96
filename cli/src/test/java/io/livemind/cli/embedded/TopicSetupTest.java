package io.livemind.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@SuppressWarnings("NullAway.Init")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TopicSetupTest {
  private static EmbeddedBroker broker;
  private static Admin admin;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start();
    admin = new Clients(broker).admin();
  }

  @AfterAll
  static void stop() {
    admin.close();
    broker.close();
  }

  @Test
  void createsEveryTopicWithThePartitionsOfItsKind() throws Exception {
    var topics = new Topics("create.");

    new TopicSetup(admin, new TopicLayout(3, 1, 4, (short) 1)).ensure(topics);

    for (Topic<?, ?> topic : topics.inOrder()) {
      int wanted =
          switch (topic.partitioning()) {
            case SESSIONS -> 3;
            case TASKS, SINGLE -> 1;
            case ADDRESSED -> 4;
          };
      assertThat(partitions(topic)).as(topic.name()).isEqualTo(wanted);
    }
  }

  @Test
  void givesEachTopicItsConfiguration() throws Exception {
    var topics = new Topics("configure.");

    new TopicSetup(admin, TopicLayout.EMBEDDED).ensure(topics);

    var tasks = topics.inferenceTasks();
    assertThat(settings(tasks)).containsAllEntriesOf(tasks.config());
  }

  @Test
  void givesTopicsThatSomebodyElseCreatedTheSettingsThatTheProgramReliesOn() throws Exception {
    var topics = new Topics("others.");
    byTheBrokersDefaults(topics);
    var setup = new TopicSetup(admin, TopicLayout.EMBEDDED);
    setup.ensure(topics);

    List<String> told = setup.mend(topics, "a key");

    for (Topic<?, ?> topic : topics.inOrder()) awaitSettings(topic, topic.config());
    assertThat(told)
        .contains(
            "others.fragments had segment.ms=604800000, and gets 600000",
            "others.fragments had retention.ms=604800000, and gets 3600000");
    assertThat(setup.mend(topics, "a key")).isEmpty();
  }

  @Test
  void aRetentionThatSomebodyChoseStaysAndIsTold() throws Exception {
    var topics = new Topics("chosen.");
    var setup = new TopicSetup(admin, TopicLayout.EMBEDDED);
    setup.ensure(topics);
    alter(topics.answers(), Map.of("retention.ms", "86400000", "segment.ms", "86400000"));
    alter(topics.fragments(), Map.of("retention.ms", "1800000"));

    List<String> told = setup.mend(topics, "a key");

    assertThat(told)
        .containsExactlyInAnyOrder(
            "chosen.answers keeps what it holds for retention.ms=86400000, longer than the 3600000"
                + " of this program",
            "chosen.answers had segment.ms=86400000, and gets 600000",
            "chosen.fragments keeps what it holds for retention.ms=1800000, shorter than the"
                + " 3600000 of this program");
    awaitSettings(topics.answers(), Map.of("retention.ms", "86400000", "segment.ms", "600000"));
    awaitSettings(topics.fragments(), Map.of("retention.ms", "1800000"));
  }

  @Test
  void tooFewCopiesAreToldAndNoMoreAreAskedForThanThereAre() throws Exception {
    var topics = new Topics("copies.");
    new TopicSetup(admin, TopicLayout.EMBEDDED).ensure(topics);
    alter(topics.answers(), Map.of("min.insync.replicas", "2"));

    List<String> told =
        new TopicSetup(admin, new TopicLayout(2, 1, 2, (short) 3)).mend(topics, "the key (place)");

    assertThat(told)
        .hasSize(topics.inOrder().size() + 1)
        .contains("copies.answers had min.insync.replicas=2, and gets 1")
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("copies.fragments has 1 copy, but 3 are wanted by the key (place)")
                    .contains("kafka-reassign-partitions.sh", "configure 1"));
    awaitSettings(topics.answers(), Map.of("min.insync.replicas", "1"));
  }

  private static void byTheBrokersDefaults(Topics topics) throws Exception {
    var created =
        topics.inOrder().stream()
            .map(
                topic ->
                    new NewTopic(
                        topic.name(),
                        TopicLayout.EMBEDDED.partitions(topic.partitioning()),
                        (short) 1))
            .toList();
    admin.createTopics(created).all().get();
  }

  private static void alter(Topic<?, ?> topic, Map<String, String> settings) throws Exception {
    Collection<AlterConfigOp> changes =
        settings.entrySet().stream()
            .map(set -> new ConfigEntry(set.getKey(), set.getValue()))
            .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
            .toList();
    admin.incrementalAlterConfigs(Map.of(resource(topic), changes)).all().get();
    awaitSettings(topic, settings);
  }

  /** The broker hears of them a moment later than the controller. */
  private static void awaitSettings(Topic<?, ?> topic, Map<String, String> wanted) {
    await()
        .untilAsserted(
            () -> assertThat(settings(topic)).as(topic.name()).containsAllEntriesOf(wanted));
  }

  private static Map<String, String> settings(Topic<?, ?> topic) throws Exception {
    var described = admin.describeConfigs(List.of(resource(topic))).all().get();
    return described.values().iterator().next().entries().stream()
        .filter(entry -> entry.value() != null)
        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
  }

  private static ConfigResource resource(Topic<?, ?> topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
  }

  @Test
  void leavesTopicsAloneThatAreAsWanted() {
    var topics = new Topics("again.");
    var setup = new TopicSetup(admin, TopicLayout.EMBEDDED);
    setup.ensure(topics);

    setup.ensure(topics);
  }

  @Test
  void namesTheTopicThatHasAnotherNumberOfPartitions() {
    var topics = new Topics("mismatch.");
    new TopicSetup(admin, TopicLayout.EMBEDDED).ensure(topics);
    var wider = new TopicSetup(admin, new TopicLayout(5, 1, 2, (short) 1));

    var mismatch = catchThrowableOfType(TopicMismatchException.class, () -> wider.ensure(topics));

    assertThat(mismatch.topic()).isEqualTo("mismatch.fragments");
    assertThat(mismatch.found()).isEqualTo(2);
    assertThat(mismatch.wanted()).isEqualTo(5);
    assertThat(mismatch)
        .hasMessageContaining("mismatch.fragments")
        .hasMessageContaining("another topic prefix");
  }

  @Test
  void saysWhenTheClusterRefuses() {
    var topics = new Topics("replicas.");
    var setup = new TopicSetup(admin, new TopicLayout(2, 1, 2, (short) 3));

    assertThatThrownBy(() -> setup.ensure(topics))
        .isInstanceOf(BrokersUnreachableException.class)
        .hasMessageContaining("creating the topic replicas.");
  }

  private static int partitions(Topic<?, ?> topic) throws Exception {
    var futures = admin.describeTopics(List.of(topic.name())).topicNameValues();
    return Objects.requireNonNull(futures.get(topic.name())).get().partitions().size();
  }

  @Test
  void aLayoutWithoutPartitionsIsRefusedByItsKey() {
    assertThatThrownBy(() -> new TopicLayout(0, 1, 2, (short) 1))
        .hasMessageContaining("topics.partitions.sessions")
        .hasMessageContaining("is 0");
    assertThatThrownBy(() -> new TopicLayout(2, 1, 2, (short) 0))
        .hasMessageContaining("topics.replication-factor");
  }
}
