package io.livemind.cli.embedded;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The topics in which an embedded broker remembers its groups. A broker makes them by itself when
 * the first group asks; the first share groups then find no place for their state, and wait for
 * seconds until they ask again.
 */
final class GroupTopics {
  private static final short ONE_COPY = 1;

  /** Settings as the broker's own (Kafka 4.3.1). */
  private static final List<NewTopic> TOPICS =
      List.of(topic("__consumer_offsets", "compact"), topic("__share_group_state", "delete"));

  private GroupTopics() {}

  private static NewTopic topic(String name, String cleanupPolicy) {
    return new NewTopic(name, 1, ONE_COPY)
        .configs(
            Map.of(
                "cleanup.policy", cleanupPolicy,
                "compression.type", "producer",
                "segment.bytes", "104857600"));
  }

  /** Returns when they are there. */
  static void create(Admin admin) {
    for (var created : admin.createTopics(TOPICS).values().values()) {
      try {
        created.get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException))
          throw new BrokersUnreachableException("creating the topics of groups", e);
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
    }
  }
}
