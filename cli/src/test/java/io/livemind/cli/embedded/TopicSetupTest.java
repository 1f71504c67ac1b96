package io.livemind.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
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
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, tasks.name());
    var config =
        admin
            .describeConfigs(List.of(resource))
            .all()
            .get()
            .values()
            .iterator()
            .next()
            .entries()
            .stream()
            .filter(entry -> entry.value() != null)
            .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    assertThat(config).containsAllEntriesOf(tasks.config());
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
