package io.livemind.topology;

import io.livemind.schemas.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the inputs end, by the brokers: their end offsets, unless the group has committed them. */
record BrokerEnds(Admin admin, String group, Topics topics) implements InputProgress.Ends {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerEnds.class);

  @Override
  public Map<String, Long> stillToProcess(int partition) {
    var inputs =
        List.of(
            new TopicPartition(topics.fragments().name(), partition),
            new TopicPartition(topics.inferenceResults().name(), partition));
    try {
      var ends =
          admin.listOffsets(
              Map.of(inputs.get(0), OffsetSpec.latest(), inputs.get(1), OffsetSpec.latest()));
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      Map<String, Long> still = new HashMap<>();
      for (TopicPartition input : inputs) {
        long end = ends.partitionResult(input).get().offset();
        OffsetAndMetadata done = committed.get(input);
        if (end > (done == null ? 0 : done.offset())) still.put(input.topic(), end - 1);
      }
      return still;
    } catch (ExecutionException e) {
      LOG.warn("event=input_ends_unknown partition={}", partition, e);
      return Map.of(topics.fragments().name(), Long.MAX_VALUE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Map.of(topics.fragments().name(), Long.MAX_VALUE);
    }
  }
}
