package io.livemind.cli.role;

import io.livemind.cli.config.KafkaSettings;
import io.livemind.cli.config.Settings;
import io.livemind.cli.embedded.TopicLayout;
import io.livemind.cli.embedded.TopicMismatchException;
import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Looks, before a role starts, whether the cluster answers, lets this principal do what the role
 * does, with its own groups and changelog too, and has the topics with the configured partition
 * counts.
 *
 * <p>Waiting: the configured time, 4 s by default, for the topics; where those answer, {@link
 * OwnNames} asks more.
 */
public final class ClusterCheck {
  private static final String TOPIC = "topic";

  private final Settings settings;
  private final Topics topics;
  private final TopicLayout layout;

  private ClusterCheck(Settings settings) {
    this.settings = settings;
    this.topics = KafkaSettings.topics(settings);
    this.layout = KafkaSettings.layout(settings);
  }

  /**
   * Returns if a role can start.
   *
   * @throws ClusterException if the brokers do not answer, or do not allow it
   * @throws TopicMismatchException if a topic has another number of partitions than is configured
   */
  public static void run(Settings settings, Role role) {
    new ClusterCheck(settings).check(role);
  }

  /** An administrator's client that gives up within seconds. */
  static Admin admin(Settings settings) {
    Map<String, Object> hasty = new HashMap<>(KafkaSettings.of(settings));
    int millis = (int) KafkaSettings.startWait(settings).toMillis();
    hasty.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    hasty.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    try {
      return Admin.create(hasty);
    } catch (KafkaException refused) {
      throw new ClusterException(
          "no client can be made for the brokers"
              + settings.where("kafka.bootstrap.servers")
              + ": "
              + ClusterFailure.deepest(refused).getMessage()
              + "; check livemind.kafka.bootstrap.servers and the files that livemind.kafka.ssl.*"
              + " name",
          refused);
    }
  }

  /**
   * Returns if the brokers answer and accept the login.
   *
   * @throws ClusterException if not
   */
  public static void reachable(Settings settings) {
    try (Admin admin = admin(settings)) {
      answers(settings, admin);
    }
  }

  static void answers(Settings settings, Admin admin) {
    try {
      String ignored =
          admin
              .describeCluster()
              .clusterId()
              .get(2 * KafkaSettings.startWait(settings).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw ClusterFailure.of(settings, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw ClusterFailure.of(settings, e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private void check(Role role) {
    Map<String, AclOperation> access = role.access(topics);
    try (Admin admin = admin(settings)) {
      var options =
          new DescribeTopicsOptions()
              .timeoutMs((int) KafkaSettings.startWait(settings).toMillis())
              .includeAuthorizedOperations(true);
      var described = admin.describeTopics(access.keySet(), options).topicNameValues();
      for (Topic<?, ?> topic : topics.inOrder()) {
        KafkaFuture<TopicDescription> answer = described.get(topic.name());
        AclOperation needed = access.get(topic.name());
        if (answer == null || needed == null) continue;
        check(topic, await(topic.name(), needed, answer), needed, role);
      }
      new OwnNames(settings, admin, role).check();
    }
  }

  private void check(Topic<?, ?> topic, TopicDescription found, AclOperation needed, Role role) {
    int count = found.partitions().size();
    int wanted = layout.partitions(topic.partitioning());
    if (count != wanted)
      throw new TopicMismatchException(
          topic.name(),
          count,
          wanted,
          TopicLayout.key(topic.partitioning())
              .map(key -> "livemind." + key + settings.where(key))
              .orElse(""));
    Set<AclOperation> allowed = found.authorizedOperations();
    if (allowed != null && !allowed.contains(needed)) throw denied(topic.name(), needed, role);
  }

  private TopicDescription await(
      String topic, AclOperation needed, KafkaFuture<TopicDescription> answer) {
    try {
      return answer.get(2 * KafkaSettings.startWait(settings).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw switch (cause) {
        case UnknownTopicOrPartitionException unknown ->
            new ClusterException(
                "topic "
                    + topic
                    + " does not exist, or this principal may not see it: run `livemind topics`"
                    + " first, and check livemind.topics.prefix"
                    + settings.where("topics.prefix"),
                unknown);
        case AuthorizationException refused ->
            new ClusterException(
                denial(needed, TOPIC, topic) + grant(needed, TOPIC, topic), refused);
        default -> ClusterFailure.of(settings, cause);
      };
    } catch (TimeoutException e) {
      throw ClusterFailure.of(settings, e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private ClusterException denied(String topic, AclOperation needed, Role role) {
    return new ClusterException(
        denial(needed, TOPIC, topic)
            + ", which the role "
            + role.label()
            + " needs"
            + grant(needed, TOPIC, topic));
  }

  static String denial(AclOperation needed, String kind, String name) {
    return "access denied: this principal may not " + needed + " " + kind + " " + name;
  }

  /**
   * The remedy.
   *
   * @param kind as the option of Kafka's tool is called
   */
  static String grant(AclOperation needed, String kind, String name) {
    return ": grant it with kafka-acls --add --allow-principal User:NAME --operation "
        + needed
        + " --"
        + kind
        + " "
        + name;
  }
}
