package io.livemind.topology;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.jspecify.annotations.Nullable;

/**
 * Tells a store that fails again and again, as on a full disk, from one that failed once. A thread
 * that replaces another opens the store anew; where that does not help, the instance holds
 * partitions that somebody else could serve.
 *
 * <p>Threading: any Streams thread.
 */
final class StoreFailures {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final LongSupplier nanoTime;
  private long lastNanos;
  private boolean failedBefore;

  StoreFailures(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** What the store says, if it has failed soon after another failure. */
  synchronized Optional<String> again(Throwable failure) {
    Optional<ProcessorStateException> store = cause(failure);
    if (store.isEmpty()) return Optional.empty();
    long now = nanoTime.getAsLong();
    boolean soon = failedBefore && now - lastNanos < SOON.toNanos();
    failedBefore = true;
    lastNanos = now;
    return soon ? Optional.of(innermost(store.get())) : Optional.empty();
  }

  private static Optional<ProcessorStateException> cause(Throwable failure) {
    for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof ProcessorStateException store) return Optional.of(store);
    }
    return Optional.empty();
  }

  /** RocksDB's own words name the file and the reason, and no text of a session. */
  private static String innermost(Throwable failure) {
    Throwable at = failure;
    for (Throwable cause = at.getCause(); cause != null; cause = cause.getCause()) at = cause;
    return String.valueOf(at.getMessage());
  }
}
