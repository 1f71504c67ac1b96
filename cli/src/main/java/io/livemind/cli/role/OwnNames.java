package io.livemind.cli.role;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.livemind.cli.config.KafkaSettings;
import io.livemind.cli.config.Settings;
import io.livemind.cli.config.TopologySettings;
import io.livemind.topology.state.SessionStore;
import io.livemind.workers.ShareGroups;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTransactionsOptions;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Whether a role may use what is named after the application: its groups, the topology's changelog
 * and transactions. They may not exist before the first start, and a description, which tells
 * rights, is had only of what exists. So each is asked for something that changes nothing and needs
 * the right.
 *
 * <p>Only a refusal counts: what cannot be asked just now, as a group whose coordinator is being
 * elected, is left to the role.
 *
 * <p>Waiting: half of {@code start-wait} for each, and the groups of a role together.
 */
final class OwnNames {
  private static final int LONGEST_SECONDS = 30;
  private static final String TOPIC = "topic";

  /** Is in no group, and begins no transaction. */
  private static final String NOBODY = "start-check";

  private final Settings settings;
  private final Admin admin;
  private final Role role;
  private final String applicationId;
  private final int millis;

  OwnNames(Settings settings, Admin admin, Role role) {
    this.settings = settings;
    this.admin = admin;
    this.role = role;
    this.applicationId = KafkaSettings.applicationId(settings);
    this.millis = (int) KafkaSettings.startWait(settings).toMillis() / 2;
  }

  /**
   * Returns if nothing is refused.
   *
   * @throws ClusterException if something is
   */
  void check() {
    switch (role) {
      case TOPOLOGY -> {
        groups(List.of(applicationId));
        changelog(applicationId + "-" + SessionStore.NAME + "-changelog");
        if (TopologySettings.exactlyOnce(settings)) transactions(applicationId + "-");
      }
      case WORKER -> groups(ShareGroups.names(applicationId));
      case GATEWAY -> {}
    }
  }

  /** To take out a member that is not there needs what joining needs. */
  private void groups(List<String> names) {
    List<KafkaFuture<Void>> answers = names.stream().map(this::withoutNobody).toList();
    for (int i = 0; i < names.size(); i++)
      refuse(failure(answers.get(i)), READ, "group", names.get(i));
  }

  private KafkaFuture<Void> withoutNobody(String group) {
    var nobody = new RemoveMembersFromConsumerGroupOptions(List.of(new MemberToRemove(NOBODY)));
    return admin.removeMembersFromConsumerGroup(group, nobody.timeoutMs(millis)).all();
  }

  private void changelog(String topic) {
    var options = new DescribeTopicsOptions().includeAuthorizedOperations(true).timeoutMs(millis);
    KafkaFuture<TopicDescription> described =
        admin
            .describeTopics(List.of(topic), options)
            .allTopicNames()
            .thenApply(found -> found.values().iterator().next());
    Optional<Throwable> failure = failure(described);
    refuse(failure, DESCRIBE, TOPIC, topic);
    if (failure.isPresent()) {
      if (failure.get() instanceof UnknownTopicOrPartitionException) creation(topic);
      return;
    }
    TopicDescription found = described.toCompletionStage().toCompletableFuture().resultNow();
    Set<AclOperation> allowed = found.authorizedOperations();
    for (AclOperation needed : List.of(READ, WRITE))
      if (allowed != null && !allowed.contains(needed)) throw denied(needed, TOPIC, topic);
  }

  private void creation(String topic) {
    var topics = List.of(new NewTopic(topic, Optional.empty(), Optional.empty()));
    var options = new CreateTopicsOptions().validateOnly(true).timeoutMs(millis);
    refuse(failure(admin.createTopics(topics, options).all()), CREATE, TOPIC, topic);
  }

  private void transactions(String prefix) {
    String id = prefix + NOBODY;
    var options = new DescribeTransactionsOptions().timeoutMs(millis);
    var described = admin.describeTransactions(List.of(id), options).all();
    // A description needs less than the role does; the remedy is what the role needs.
    boolean refused =
        failure(described).filter(AuthorizationException.class::isInstance).isPresent();
    if (refused)
      throw denied(WRITE, "transactional-id", prefix, " --resource-pattern-type prefixed");
  }

  private static Optional<Throwable> failure(KafkaFuture<?> answer) {
    try {
      // The client's own timeout comes first, but for a start-wait of more than a minute.
      Object ignored = answer.get(LONGEST_SECONDS, TimeUnit.SECONDS);
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      return Optional.of(e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private void refuse(Optional<Throwable> failure, AclOperation needed, String kind, String name) {
    if (failure.isPresent() && failure.get() instanceof AuthorizationException)
      throw denied(needed, kind, name);
  }

  private ClusterException denied(AclOperation needed, String kind, String name) {
    return denied(needed, kind, name, "");
  }

  private ClusterException denied(AclOperation needed, String kind, String name, String pattern) {
    return new ClusterException(
        ClusterCheck.denial(needed, kind, name)
            + ", which the role "
            + role.label()
            + " needs; it is named by livemind.application-id"
            + settings.where("application-id")
            + ClusterCheck.grant(needed, kind, name)
            + pattern);
  }
}
