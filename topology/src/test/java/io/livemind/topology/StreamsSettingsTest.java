package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsSettingsTest {
  private static final TopologyConfig CONFIG =
      TopologyConfig.defaults("test", Map.of("bootstrap.servers", "none:1"), Path.of("target"));

  /** The store has it already, and would keep what the changelog lacks. */
  @Test
  void aSendIsNeverGivenUpWhereNobodyReadsTheStoreAnew() {
    var settings =
        StreamsSettings.of(CONFIG, "prefix.", 3, new TopologyMeters(new SimpleMeterRegistry()));

    assertThat(settings).containsEntry("producer.delivery.timeout.ms", Integer.MAX_VALUE);
  }

  /** Whatever the brokers give a topic by default. */
  @Test
  void theChangelogHasAsManyCopiesAsTheFragments() {
    var settings =
        StreamsSettings.of(CONFIG, "prefix.", 3, new TopologyMeters(new SimpleMeterRegistry()));

    assertThat(settings)
        .containsAllEntriesOf(
            Map.of(StreamsConfig.REPLICATION_FACTOR_CONFIG, 3, "topic.min.insync.replicas", 2));
  }
}
