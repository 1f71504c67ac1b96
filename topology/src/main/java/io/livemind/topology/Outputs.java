package io.livemind.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.jspecify.annotations.Nullable;

/**
 * What each Streams thread has produced since it polled last.
 *
 * <p>A producer sends a record as soon as it has it, so under load each request carries the records
 * of one step or two, and requests are what a broker's processor goes into. A Streams thread polls
 * as soon as it has processed what it polled: a lone fragment's outputs leave at once, those of a
 * hundred together. In a long pass they leave with the first output that comes after a quarter of
 * what the pass before took, for whoever typed in that time has waited for half of it already; or
 * when they come to {@link #MOST_BYTES}.
 *
 * <p>When one is refused, those behind it of the same pass are not sent: a head never stands in the
 * changelog without the parts that it counts.
 *
 * <p>Threading: each thread has its own, and one that never polls (a producer's own, which runs the
 * callbacks) holds nothing back.
 */
final class Outputs {
  /** Nanoseconds; looked at with each output, so the step that is worked on is waited for. */
  static final long SHORTEST_HOLD_NANOS = 1_000_000;

  static final long LONGEST_HOLD_NANOS = 10_000_000;

  /** Bytes of keys and values. */
  static final int MOST_BYTES = 131_072;

  private static final int HOLDS_PER_PASS = 4;

  private final ThreadLocal<@Nullable Pass> passes = new ThreadLocal<>();
  private final LongSupplier nanoTime;
  private final ProcessWatch watch;

  /**
   * Nothing is produced yet.
   *
   * @param watch looked at before anything is written
   */
  Outputs(LongSupplier nanoTime, ProcessWatch watch) {
    this.nanoTime = nanoTime;
    this.watch = watch;
  }

  private record Output(
      Producer<byte[], byte[]> producer,
      ProducerRecord<byte[], byte[]> content,
      Callback callback) {
    /** Sends it; the callback has heard of it if the producer did not take it. */
    boolean isTaken() {
      try {
        return producer.send(content, callback).state() != Future.State.FAILED;
      } catch (RuntimeException e) {
        // Streams looks for what callbacks heard before it commits, so nothing is lost by it.
        fail(failedSend(e));
        return false;
      }
    }

    void fail(Exception why) {
      callback.onCompletion(null, why);
    }

    int bytes() {
      int key = content.key() == null ? 0 : content.key().length;
      int value = content.value() == null ? 0 : content.value().length;
      return key + value;
    }
  }

  private static final class Pass {
    private final List<Output> held = new ArrayList<>();
    private long sinceNanos;
    private int bytes;
    private long begunNanos;
    private long holdNanos = SHORTEST_HOLD_NANOS;

    void end(long nowNanos) {
      holdNanos =
          Math.clamp(
              (nowNanos - begunNanos) / HOLDS_PER_PASS, SHORTEST_HOLD_NANOS, LONGEST_HOLD_NANOS);
    }

    /** Without what it held: a callback may send. */
    List<Output> emptied() {
      List<Output> outputs = List.copyOf(held);
      held.clear();
      bytes = 0;
      return outputs;
    }
  }

  /** This thread polls, between two passes: it is one that will again. */
  <T> T between(Supplier<T> poll) {
    Pass pass = passes.get();
    if (pass == null) {
      pass = new Pass();
      passes.set(pass);
    } else {
      pass.end(nanoTime.getAsLong());
    }
    leave();
    T polled = poll.get();
    pass.begunNanos = nanoTime.getAsLong();
    return polled;
  }

  /** The callback, and the future, hear of what comes of it, as of what leaves at once. */
  Future<RecordMetadata> send(
      Producer<byte[], byte[]> producer,
      ProducerRecord<byte[], byte[]> content,
      Callback callback) {
    Pass pass = passes.get();
    if (pass == null) return producer.send(content, callback);
    var sent = new CompletableFuture<RecordMetadata>();
    var output =
        new Output(
            producer,
            content,
            (metadata, failure) -> {
              callback.onCompletion(metadata, failure);
              if (failure == null) sent.complete(metadata);
              else sent.completeExceptionally(failure);
            });
    long now = nanoTime.getAsLong();
    if (pass.held.isEmpty()) pass.sinceNanos = now;
    pass.held.add(output);
    pass.bytes += output.bytes();
    if (pass.bytes >= MOST_BYTES || now - pass.sinceNanos >= pass.holdNanos) leave();
    return sent;
  }

  /** What this thread has produced goes to the producer, in its order. */
  void leave() {
    Pass pass = passes.get();
    if (pass == null || pass.held.isEmpty()) return;
    watch.check();
    List<Output> outputs = pass.emptied();
    for (int i = 0; i < outputs.size(); i++) {
      if (outputs.get(i).isTaken()) continue;
      var behind = new KafkaException("an output before this one was not taken");
      outputs.subList(i + 1, outputs.size()).forEach(output -> output.fail(behind));
      return;
    }
  }

  /** As Kafka's own, by which {@link ThreadFailures} knows what is no record's fault. */
  private static KafkaException failedSend(RuntimeException thrown) {
    if (thrown.getCause() instanceof ApiException cause) return cause;
    return thrown instanceof KafkaException failed
        ? failed
        : new KafkaException("the producer takes no output", thrown);
  }

  /** What this thread has produced goes nowhere, with the transaction that it belongs to. */
  void abort() {
    Pass pass = passes.get();
    if (pass == null) return;
    pass.emptied().forEach(output -> output.fail(new TransactionAbortedException()));
  }
}
