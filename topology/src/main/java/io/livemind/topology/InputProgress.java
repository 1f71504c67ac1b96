package io.livemind.topology;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * How far the inputs of one partition have been read since it was assigned. Until both have been
 * read up to where they ended at that moment, the store may lag behind what workers reported, and
 * no lease may expire.
 *
 * <p>Threading: owned by the Streams thread; only the ends come from a thread of their own, because
 * looking them up is a question to the brokers.
 */
final class InputProgress {
  /** If the ends cannot be found out, or lie in records that nobody is shown, waiting ends here. */
  private static final long LONGEST_WAIT_NANOS = 30_000_000_000L;

  /** Where the inputs end now. */
  @FunctionalInterface
  interface Ends {
    /**
     * The last offset that is still to be processed, by topic; a topic with nothing left is absent.
     */
    Map<String, Long> stillToProcess(int partition);
  }

  private final Ends ends;
  private final Executor lookUp;
  private final LongSupplier nanoTime;
  private final Map<String, Long> processed = new HashMap<>();
  private long assignedAtNanos;
  private volatile Map<String, Long> wanted = Map.of();
  private volatile boolean known;

  InputProgress(Ends ends, Executor lookUp, LongSupplier nanoTime) {
    this.ends = ends;
    this.lookUp = lookUp;
    this.nanoTime = nanoTime;
  }

  void assigned(int partition) {
    assignedAtNanos = nanoTime.getAsLong();
    lookUp.execute(
        () -> {
          wanted = Map.copyOf(ends.stillToProcess(partition));
          known = true;
        });
  }

  void processed(RecordMetadata record) {
    processed.put(record.topic(), record.offset());
  }

  boolean reached() {
    boolean read =
        known
            && wanted.entrySet().stream()
                .allMatch(last -> processed.getOrDefault(last.getKey(), -1L) >= last.getValue());
    return read || nanoTime.getAsLong() - assignedAtNanos > LONGEST_WAIT_NANOS;
  }
}
