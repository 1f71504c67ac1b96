package io.livemind.workers;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.Topic;
import io.livemind.schemas.avro.Control;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears the session machine: grant, release and cancel for the executions of this worker, on one
 * partition of the control topic that it may share with other workers. It stands at the end of the
 * partition before the first claim names it, so no message to this worker is missed.
 *
 * <p>Threading: one platform thread owns the consumer; {@link #close} comes from any.
 */
final class ControlListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlListener.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration STOP = Duration.ofSeconds(2);

  /** The client's count of answered fetches, empty ones too. */
  private static final String FETCHES = "fetch-total";

  private static final String CONNECTIONS = "connection-count";

  private final Consumer<byte[], byte[]> consumer;
  private final Topic<String, Control> topic;
  private final WorkerContext worker;
  private final Thread thread;
  private double answeredFetches;
  private volatile boolean stopping;

  private ControlListener(
      Consumer<byte[], byte[]> consumer, Topic<String, Control> topic, WorkerContext worker) {
    this.consumer = consumer;
    this.topic = topic;
    this.worker = worker;
    this.thread = Thread.ofPlatform().daemon().name("worker-control").unstarted(this::run);
  }

  /** The partition on which this worker listens, whatever the topic's size. */
  static int partition(String workerId, int partitions) {
    return Math.floorMod(workerId.hashCode(), partitions);
  }

  /** Listens from the partition's present end on; returns when it stands there. */
  static ControlListener start(
      Consumer<byte[], byte[]> consumer,
      Topic<String, Control> topic,
      int partition,
      WorkerContext worker) {
    var listener = new ControlListener(consumer, topic, worker);
    var own = new TopicPartition(topic.name(), partition);
    consumer.assign(List.of(own));
    consumer.seekToEnd(List.of(own));
    consumer.position(own, START);
    listener.thread.start();
    return listener;
  }

  private void run() {
    while (!stopping) {
      try {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        records.forEach(this::hear);
        if (records.isEmpty()) watchBrokers();
        else worker.brokers().heard();
      } catch (WakeupException stop) {
        // Looks at `stopping` again.
      } catch (KafkaException failed) {
        LOG.warn("event=control_poll_failed", failed);
        pause();
      }
    }
    consumer.close(CloseOptions.timeout(STOP));
  }

  /** Each answered fetch is a sign of life, an empty one too, and one is always under way. */
  private void watchBrokers() {
    double count = metric(FETCHES);
    if (count == answeredFetches) {
      worker.brokers().silent(metric(CONNECTIONS) > 0);
      return;
    }
    answeredFetches = count;
    worker.brokers().heard();
  }

  private double metric(String name) {
    return consumer.metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals(name))
        .mapToDouble(metric -> (Double) metric.metricValue())
        .sum();
  }

  private void hear(ConsumerRecord<byte[], byte[]> record) {
    Control control;
    try {
      control = topic.value().deserializer().deserialize(record.topic(), record.value());
    } catch (SerializationException unreadable) {
      worker.meters().count(WorkerMetric.DEAD_LETTERS);
      var unused =
          worker.writer().deadLetter(record, FailureCode.UNREADABLE, "not a control record");
      return;
    }
    if (control == null) return;
    worker.dispatchClock().heard(record.timestamp());
    // Other workers listen here too; and what has ended needs no message.
    Optional<TaskCall> call = worker.held().byExecution(control.getExecution());
    if (call.isEmpty()) return;
    switch (control.getCommand()) {
      case GRANT -> call.get().grant();
      case CANCEL -> call.get().end(EndReason.CONTROL);
      case RELEASE -> call.get().release();
    }
  }

  private void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stopping = true;
    consumer.wakeup();
    try {
      thread.join(STOP.multipliedBy(2));
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
