package io.livemind.workers;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.schemas.TurnTraces;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Claim;
import io.livemind.schemas.avro.DeadLetter;
import io.livemind.schemas.avro.DeadLetterHeader;
import io.livemind.schemas.avro.Delta;
import io.livemind.schemas.avro.Heartbeat;
import io.livemind.schemas.avro.HeldTask;
import io.livemind.schemas.avro.Outcome;
import io.livemind.schemas.avro.Result;
import io.livemind.schemas.avro.Started;
import io.livemind.schemas.avro.Task;
import io.opentelemetry.api.trace.Span;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a worker writes. Each method returns when the record is in the producer's buffer;
 * the future completes when the broker has confirmed it, or could not within the delivery timeout.
 * Records of one partition keep the order in which they were written.
 *
 * <p>Threading: any thread. A full buffer blocks the caller for the producer's {@code max.block.ms}
 * at most; then the future fails.
 */
final class RecordWriter {
  private final Producer<byte[], byte[]> producer;
  private final Topics topics;
  private final InstantSource clock;
  private final String worker;
  private final int controlPartition;

  RecordWriter(
      Producer<byte[], byte[]> producer,
      Topics topics,
      InstantSource clock,
      String worker,
      int controlPartition) {
    this.producer = producer;
    this.topics = topics;
    this.clock = clock;
    this.worker = worker;
    this.controlPartition = controlPartition;
  }

  /**
   * This worker has taken the attempt.
   *
   * @param asksGrant whether it waits for a grant before it starts
   */
  CompletableFuture<Void> claim(Execution execution, boolean asksGrant) {
    Task task = execution.task();
    var claim =
        new Claim(
            task.getTaskId(),
            task.getTurn(),
            task.getAttempt(),
            execution.id(),
            worker,
            controlPartition,
            asksGrant);
    return result(execution.session(), new Result(claim), execution.span());
  }

  /** What became of an execution. */
  CompletableFuture<Void> outcome(String session, Outcome outcome) {
    return result(session, new Result(outcome), Span.getInvalid());
  }

  /** The same, as a part of the turn's trace. */
  CompletableFuture<Void> outcome(Execution execution, Outcome outcome) {
    return result(execution.session(), new Result(outcome), execution.span());
  }

  private CompletableFuture<Void> result(String session, Result result, Span span) {
    return send(topics.inferenceResults(), null, session, result, span);
  }

  /** This worker is alive and holds these tasks of the partition. */
  CompletableFuture<Void> heartbeat(int resultsPartition, List<HeldTask> held) {
    return send(
        topics.inferenceResults(),
        resultsPartition,
        Integer.toString(resultsPartition),
        new Result(new Heartbeat(worker, held)),
        Span.getInvalid());
  }

  /** The answer has started. */
  CompletableFuture<Void> started(Execution execution) {
    Task task = execution.task();
    return answer(
        execution,
        new Started(task.getTaskId(), task.getAttempt(), execution.id(), task.getModel()));
  }

  /** The next piece of the answer. */
  CompletableFuture<Void> delta(Execution execution, int index, String text) {
    return answer(execution, new Delta(execution.task().getAttempt(), execution.id(), index, text));
  }

  private CompletableFuture<Void> answer(Execution execution, Object event) {
    Task task = execution.task();
    return send(
        topics.answers(),
        task.getAnswersPartition(),
        execution.session(),
        new AnswerEvent(task.getTurn(), clock.millis(), event),
        event instanceof Started ? execution.span() : Span.getInvalid());
  }

  /** A record that cannot be worked on, as it came. */
  CompletableFuture<Void> deadLetter(
      ConsumerRecord<byte[], byte[]> record, FailureCode code, String reason) {
    List<DeadLetterHeader> headers = new ArrayList<>();
    for (Header header : record.headers()) {
      headers.add(new DeadLetterHeader(header.key(), bytes(header.value())));
    }
    var letter =
        new DeadLetter(
            record.topic(),
            record.partition(),
            record.offset(),
            record.timestamp(),
            code.code(),
            reason,
            bytes(record.key()),
            bytes(record.value()),
            headers);
    Topic<byte[], DeadLetter> topic = topics.deadLetters();
    return send(
        new ProducerRecord<>(
            topic.name(),
            null,
            record.key(),
            topic.value().serializer().serialize(topic.name(), letter)));
  }

  private static @Nullable ByteBuffer bytes(byte @Nullable [] value) {
    return value == null ? null : ByteBuffer.wrap(value);
  }

  private <V> CompletableFuture<Void> send(
      Topic<String, V> topic, @Nullable Integer partition, String key, V value, Span cause) {
    var record =
        new ProducerRecord<>(
            topic.name(),
            partition,
            topic.key().serializer().serialize(topic.name(), key),
            topic.value().serializer().serialize(topic.name(), value));
    TurnTraces.tell(cause, record.headers());
    return send(record);
  }

  private CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
    var confirmed = new CompletableFuture<Void>();
    try {
      var unused =
          producer.send(
              record,
              (metadata, failure) -> {
                if (failure == null) confirmed.complete(null);
                else confirmed.completeExceptionally(failure);
              });
    } catch (RuntimeException refused) {
      confirmed.completeExceptionally(refused);
    }
    return confirmed;
  }
}
