package io.livemind.cli.embedded;

import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the topics of a deployment where they are missing, checks those that are there, and mends
 * their settings. Works on any cluster, and may run in several processes at once.
 *
 * <p>Waiting: each request for 10 s at most, and as long again until every topic can be seen.
 */
public final class TopicSetup {
  private static final Logger LOG = LoggerFactory.getLogger(TopicSetup.class);
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(10);
  private static final int MILLIS = (int) LONGEST_REQUEST.toMillis();
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final Admin admin;
  private final TopicLayout layout;

  /**
   * @param admin connected to the cluster; stays the caller's to close
   * @param layout that every topic must have
   */
  public TopicSetup(Admin admin, TopicLayout layout) {
    this.admin = admin;
    this.layout = layout;
  }

  /**
   * Returns when every topic is there and can be seen by clients.
   *
   * @throws TopicMismatchException if one has another number of partitions; nothing is changed then
   *     in those that are there
   * @throws BrokersUnreachableException if the cluster does not answer, or refuses
   */
  public void ensure(Topics topics) {
    create(topics.inOrder());
    Map<String, TopicDescription> found = describe(topics);
    for (Topic<?, ?> topic : topics.inOrder()) {
      TopicDescription description = found.get(topic.name());
      int count = description == null ? 0 : description.partitions().size();
      int wanted = layout.partitions(topic.partitioning());
      if (count != wanted)
        throw new TopicMismatchException(
            topic.name(),
            count,
            wanted,
            TopicLayout.key(topic.partitioning()).map(key -> "livemind." + key).orElse(""));
    }
  }

  /**
   * Gives the topics that are there the settings that the program relies on, and tells what
   * differs.
   *
   * @param by the key that asks for the layout's number of copies, and its place
   * @return a line for each difference: what was altered; a retention that somebody chose, which
   *     stays; too few copies, which the brokers cannot mend by themselves. Empty if there is none
   * @throws BrokersUnreachableException if the cluster does not answer, or refuses
   */
  public List<String> mend(Topics topics, String by) {
    Map<String, TopicDescription> descriptions = describe(topics);
    Map<ConfigResource, Config> settings =
        onceSeen(
            "looking at the topics' settings",
            () ->
                admin
                    .describeConfigs(
                        topics.inOrder().stream().map(TopicSetup::resource).toList(),
                        new DescribeConfigsOptions().timeoutMs(MILLIS))
                    .all());
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    List<String> told = new ArrayList<>();
    for (Topic<?, ?> topic : topics.inOrder()) {
      TopicDescription description = descriptions.get(topic.name());
      Config found = settings.get(resource(topic));
      if (description == null || found == null) continue;
      var differences =
          TopicDifferences.of(
              topic, found, fewestCopies(description), layout.replicationFactor(), by);
      told.addAll(differences.told());
      if (!differences.altered().isEmpty())
        changes.put(resource(topic), operations(differences.altered()));
    }
    if (!changes.isEmpty())
      await(
          "altering the topics' settings",
          admin
              .incrementalAlterConfigs(changes, new AlterConfigsOptions().timeoutMs(MILLIS))
              .all());
    return told;
  }

  private static ConfigResource resource(Topic<?, ?> topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
  }

  private static int fewestCopies(TopicDescription description) {
    return description.partitions().stream()
        .mapToInt(partition -> partition.replicas().size())
        .min()
        .orElse(0);
  }

  private static List<AlterConfigOp> operations(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(set -> new ConfigEntry(set.getKey(), set.getValue()))
        .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
        .toList();
  }

  private void create(List<Topic<?, ?>> topics) {
    var results =
        admin
            .createTopics(
                topics.stream().map(this::created).toList(),
                new CreateTopicsOptions().timeoutMs(MILLIS))
            .values();
    results.forEach(
        (topic, result) -> {
          try {
            await("creating the topic " + topic, result);
            LOG.info("topic_created topic={}", topic);
          } catch (TopicExistsException exists) {
            LOG.debug("topic_found topic={}", topic);
          }
        });
  }

  private NewTopic created(Topic<?, ?> topic) {
    int partitions = layout.partitions(topic.partitioning());
    Map<String, String> config = TopicDifferences.wanted(topic, layout.replicationFactor());
    return new NewTopic(topic.name(), partitions, layout.replicationFactor()).configs(config);
  }

  private Map<String, TopicDescription> describe(Topics topics) {
    List<String> names = topics.inOrder().stream().map(Topic::name).toList();
    return onceSeen(
        "looking at the topics",
        () ->
            admin
                .describeTopics(names, new DescribeTopicsOptions().timeoutMs(MILLIS))
                .allTopicNames());
  }

  /** A broker may hear of a new topic a moment later than the controller that created it. */
  private static <T> T onceSeen(String action, Supplier<KafkaFuture<T>> asked) {
    long deadline = System.nanoTime() + LONGEST_REQUEST.toNanos();
    while (true) {
      try {
        return await(action, asked.get());
      } catch (UnknownTopicOrPartitionException notYet) {
        if (System.nanoTime() - deadline > 0) throw new BrokersUnreachableException(action, notYet);
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_LOOKS);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static <T> T await(String action, KafkaFuture<T> future) {
    try {
      // The client's own timeout comes first; this one is for a client that is stuck.
      return future.get(2 * LONGEST_REQUEST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof TopicExistsException exists) throw exists;
      if (cause instanceof UnknownTopicOrPartitionException unknown) throw unknown;
      throw new BrokersUnreachableException(action, cause == null ? e : cause);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new BrokersUnreachableException(action, e);
    }
  }
}
