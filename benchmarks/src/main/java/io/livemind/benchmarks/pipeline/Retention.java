package io.livemind.benchmarks.pipeline;

import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/**
 * How long the topics keep what was read, where a benchmark cannot wait for {@link
 * Topics#RETENTION}.
 *
 * @param keeping for so long
 */
record Retention(Duration keeping) {
  /** Of a record's time, so that what is too old lies in a closed segment soon. */
  private static final int SEGMENTS = 5;

  /** Settings of the broker, which by default looks for what is too old every five minutes. */
  Map<String, String> broker() {
    if (keeping.equals(Topics.RETENTION)) return Map.of();
    return Map.of(
        "log.retention.check.interval.ms",
        millis(keeping.dividedBy(SEGMENTS)),
        "log.segment.delete.delay.ms",
        "1000");
  }

  /** Sets it for each topic of the deployment that keeps records by their age. */
  void apply(Admin admin, Topics topics) {
    if (keeping.equals(Topics.RETENTION)) return;
    var settings =
        List.of(
            set("retention.ms", millis(keeping)),
            set("segment.ms", millis(keeping.dividedBy(SEGMENTS))));
    Map<ConfigResource, Collection<AlterConfigOp>> all = new HashMap<>();
    for (Topic<?, ?> topic : topics.inOrder())
      if (topic.config().containsKey("retention.ms"))
        all.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), settings);
    try {
      admin.incrementalAlterConfigs(all).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the topics cannot be told to forget sooner", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topics were configured", e);
    }
  }

  private static AlterConfigOp set(String name, String value) {
    return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
  }

  private static String millis(Duration time) {
    return Long.toString(time.toMillis());
  }
}
