package io.livemind.topology;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.KafkaMetric;

/**
 * The producer of tasks, answers and the changelog. What the Streams thread hands over between two
 * polls leaves together ({@link Outputs}), and before a flush, a close and a commit.
 */
final class OutputProducer implements Producer<byte[], byte[]> {
  private final Producer<byte[], byte[]> producer;
  private final Outputs outputs;

  OutputProducer(Producer<byte[], byte[]> producer, Outputs outputs) {
    this.producer = producer;
    this.outputs = outputs;
  }

  @Override
  public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> output, Callback callback) {
    return outputs.send(producer, output, callback);
  }

  @Override
  public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> output) {
    return send(output, (_, _) -> {});
  }

  @Override
  public void flush() {
    outputs.leave();
    producer.flush();
  }

  @Override
  public void close() {
    close(Duration.ofMillis(Long.MAX_VALUE));
  }

  @Override
  public void close(Duration timeout) {
    outputs.leave();
    producer.close(timeout);
  }

  @Override
  public void initTransactions() {
    producer.initTransactions();
  }

  @Override
  public void beginTransaction() {
    producer.beginTransaction();
  }

  @Override
  public void sendOffsetsToTransaction(
      Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
    producer.sendOffsetsToTransaction(offsets, group);
  }

  @Override
  public void commitTransaction() {
    outputs.leave();
    producer.commitTransaction();
  }

  @Override
  public void abortTransaction() {
    outputs.abort();
    producer.abortTransaction();
  }

  @Override
  public List<PartitionInfo> partitionsFor(String topic) {
    return producer.partitionsFor(topic);
  }

  @Override
  public Map<MetricName, ? extends Metric> metrics() {
    return producer.metrics();
  }

  @Override
  public void registerMetricForSubscription(KafkaMetric metric) {
    producer.registerMetricForSubscription(metric);
  }

  @Override
  public void unregisterMetricFromSubscription(KafkaMetric metric) {
    producer.unregisterMetricFromSubscription(metric);
  }

  @Override
  public Uuid clientInstanceId(Duration timeout) {
    return producer.clientInstanceId(timeout);
  }
}
