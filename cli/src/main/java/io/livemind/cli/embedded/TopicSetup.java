package io.livemind.cli.embedded;

import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
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
 * Creates the topics of a deployment where they are missing, and checks those that are there. Works
 * on any cluster, and may run in several processes at once.
 *
 * <p>Waiting: each request for 10 s at most, and as long again until every topic can be seen.
 */
public final class TopicSetup {
  private static final Logger LOG = LoggerFactory.getLogger(TopicSetup.class);
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(10);
  private static final String RETENTION = "retention.ms";
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

  /** Topics that somebody configured to keep what they hold longer than the program asks for. */
  public List<String> keptLonger(Topics topics) {
    List<ConfigResource> resources =
        topics.inOrder().stream()
            .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()))
            .toList();
    Map<ConfigResource, Config> found =
        await("looking at the topics' settings", admin.describeConfigs(resources).all());
    List<String> longer = new ArrayList<>();
    for (Topic<?, ?> topic : topics.inOrder()) {
      Config config = found.get(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()));
      ConfigEntry kept = config == null ? null : config.get(RETENTION);
      long wanted = Long.parseLong(topic.config().getOrDefault(RETENTION, "0"));
      if (kept == null || kept.value() == null || wanted == 0) continue;
      long millis = Long.parseLong(kept.value());
      if (millis < 0 || millis > wanted)
        longer.add(
            topic.name()
                + " keeps what it holds for "
                + RETENTION
                + "="
                + millis
                + ", longer than the "
                + wanted
                + " of this program");
    }
    return longer;
  }

  private void create(List<Topic<?, ?>> topics) {
    var results =
        admin.createTopics(topics.stream().map(this::created).toList(), createOptions()).values();
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
    Map<String, String> config = new HashMap<>(topic.config());
    config.put(
        Topic.LEAST_IN_SYNC, Integer.toString(Topic.leastInSync(layout.replicationFactor())));
    return new NewTopic(topic.name(), partitions, layout.replicationFactor()).configs(config);
  }

  /** A broker may hear of a new topic a moment later than the controller that created it. */
  private Map<String, TopicDescription> describe(Topics topics) {
    List<String> names = topics.inOrder().stream().map(Topic::name).toList();
    long deadline = System.nanoTime() + LONGEST_REQUEST.toNanos();
    while (true) {
      try {
        return await(
            "looking at the topics",
            admin.describeTopics(names, describeOptions()).allTopicNames());
      } catch (UnknownTopicOrPartitionException notYet) {
        if (System.nanoTime() - deadline > 0)
          throw new BrokersUnreachableException("looking at the topics", notYet);
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

  private static CreateTopicsOptions createOptions() {
    return new CreateTopicsOptions().timeoutMs((int) LONGEST_REQUEST.toMillis());
  }

  private static DescribeTopicsOptions describeOptions() {
    return new DescribeTopicsOptions().timeoutMs((int) LONGEST_REQUEST.toMillis());
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
