package io.livemind.workers;

import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.Task;
import io.livemind.schemas.avro.TaskKind;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/**
 * The share groups that hand out tasks: their names, and the settings they need before they start.
 */
public final class ShareGroups {
  /** A worker that is frozen with a record in hand keeps it from others for so long. */
  static final int LOCK_MILLIS = 15_000;

  private static final int DELIVERIES = 10;
  private static final int WAIT_SECONDS = 30;

  private ShareGroups() {}

  static String name(String applicationId, TaskKind kind) {
    return switch (kind) {
      case INFERENCE -> applicationId + "-inference-tasks";
      case ANSWER -> applicationId + "-answer-tasks";
    };
  }

  /** Of both kinds of task. */
  public static List<String> names(String applicationId) {
    return Arrays.stream(TaskKind.values()).map(kind -> name(applicationId, kind)).toList();
  }

  /** The groups, and the kind of task that each takes, in lower case. */
  public static Map<String, String> kinds(String applicationId) {
    return Arrays.stream(TaskKind.values())
        .collect(
            Collectors.toUnmodifiableMap(
                kind -> name(applicationId, kind), kind -> kind.name().toLowerCase(Locale.ROOT)));
  }

  static Topic<String, Task> topic(Topics topics, TaskKind kind) {
    return switch (kind) {
      case INFERENCE -> topics.inferenceTasks();
      case ANSWER -> topics.answerTasks();
    };
  }

  /**
   * Sets what must hold before the first member joins: by Kafka's default a new group begins at the
   * end, and tasks that were there before its first worker would never be delivered.
   *
   * @throws WorkerStartException if the brokers do not take it within half a minute
   */
  public static void prepare(Map<String, Object> kafka, Collection<String> groups) {
    var settings =
        List.of(
            set("share.auto.offset.reset", "earliest"),
            set("share.record.lock.duration.ms", Integer.toString(LOCK_MILLIS)),
            set("share.delivery.count.limit", Integer.toString(DELIVERIES)));
    Map<ConfigResource, Collection<AlterConfigOp>> all = new HashMap<>();
    for (String group : groups) {
      all.put(new ConfigResource(ConfigResource.Type.GROUP, group), settings);
    }
    try (Admin admin = Admin.create(kafka)) {
      admin.incrementalAlterConfigs(all).all().get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException refused) {
      throw new WorkerStartException(
          "the share groups "
              + groups
              + " cannot be configured: the brokers must be reachable, run Kafka 4.2 or newer with"
              + " share.version=1, and allow AlterConfigs on the groups",
          refused);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new WorkerStartException("interrupted while the share groups were configured", stopped);
    }
  }

  private static AlterConfigOp set(String name, String value) {
    return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
  }
}
