package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StartOffsetsTest {
  private static final TopicPartition FRAGMENTS = new TopicPartition("fragments", 0);
  private static final TopicPartition RESULTS = new TopicPartition("inference-results", 0);
  private static final Set<TopicPartition> BOTH = Set.of(FRAGMENTS, RESULTS);
  private static final OffsetAndMetadata FOUR = new OffsetAndMetadata(4);
  private static final OffsetAndMetadata SEVEN = new OffsetAndMetadata(7);
  private static final ConsumerRecords<byte[], byte[]> NOTHING =
      new ConsumerRecords<>(Map.of(), Map.of());

  private final StartOffsets starts = new StartOffsets();

  @Test
  void aPartitionWithoutRecordsIsNamedOnceWithItsStart() {
    starts.begin(FRAGMENTS, FOUR);

    assertThat(starts.namedIn(NOTHING, BOTH, Set.of()).nextOffsets())
        .containsExactly(Map.entry(FRAGMENTS, FOUR));
    assertThat(starts.isEmpty()).isTrue();
  }

  @Test
  void recordsStayAndTheOffsetBehindThemCounts() {
    starts.begin(FRAGMENTS, FOUR);
    starts.begin(RESULTS, FOUR);
    var record = new ConsumerRecord<>("fragments", 0, 6, new byte[] {1}, new byte[] {2});
    var polled =
        new ConsumerRecords<>(Map.of(FRAGMENTS, List.of(record)), Map.of(FRAGMENTS, SEVEN));

    ConsumerRecords<byte[], byte[]> named = starts.namedIn(polled, BOTH, Set.of());

    assertThat(named).containsExactly(record);
    assertThat(named.nextOffsets())
        .containsOnly(Map.entry(FRAGMENTS, SEVEN), Map.entry(RESULTS, FOUR));
  }

  @Test
  void aPausedPartitionWaitsForItsTask() {
    starts.begin(FRAGMENTS, FOUR);

    assertThat(starts.namedIn(NOTHING, BOTH, Set.of(FRAGMENTS)).nextOffsets()).isEmpty();
    assertThat(starts.namedIn(NOTHING, BOTH, Set.of()).nextOffsets()).containsKey(FRAGMENTS);
  }

  @Test
  void aPartitionThatWasTakenAwayIsForgotten() {
    starts.begin(FRAGMENTS, FOUR);

    assertThat(starts.namedIn(NOTHING, Set.of(RESULTS), Set.of()).nextOffsets()).isEmpty();
    assertThat(starts.isEmpty()).isTrue();
  }
}
