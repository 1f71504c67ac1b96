package io.livemind.gateway.metric;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and logs records that a gateway passes over because it cannot read them: by their place,
 * never by what they hold. A gateway writes no dead letters: every one reads each record, and would
 * write its own.
 *
 * <p>Threading: any thread.
 */
public final class UnreadableRecords {
  private static final Logger LOG = LoggerFactory.getLogger(UnreadableRecords.class);

  private final GatewayMeters meters;

  /**
   * @param topics that are read, by name: each is shown from zero on
   */
  public UnreadableRecords(GatewayMeters meters, List<String> topics) {
    this.meters = meters;
    for (String topic : topics) meters.show(GatewayMetric.RECORDS_UNREADABLE, topic);
  }

  /** This one is passed over. */
  public void passedOver(ConsumerRecord<?, ?> record) {
    meters.count(GatewayMetric.RECORDS_UNREADABLE, record.topic());
    LOG.warn(
        "event=record_unreadable topic={} partition={} offset={}",
        record.topic(),
        record.partition(),
        record.offset());
  }
}
