package io.livemind.workers;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * The deltas of one execution on their way to {@code answers}: the first leaves at once, later text
 * waits for a tick of the {@link DeltaTicker}. The deltas joined are the text, unit for unit. Until
 * it is opened, nothing leaves: a draft that nobody asks for is never seen.
 *
 * <p>Threading: any thread; deltas leave one after the other, in the order of their index. The
 * broker's confirmations are counted under a lock of their own, so that they never wait for a delta
 * that waits for the producer's buffer.
 */
final class AnswerStream {
  /** So long a reader sees each tick; afterwards every fourth. */
  static final Duration LIVELY = Duration.ofSeconds(1);

  private final RecordWriter writer;
  private final Execution execution;
  private final LongSupplier clock;
  private final StringBuilder waiting = new StringBuilder();
  private int sent;
  private long firstNanos;
  private boolean open;
  private boolean closed;

  private final Object confirmations = new Object();
  private int settled;
  private int confirmed;
  private boolean gap;

  AnswerStream(RecordWriter writer, Execution execution, LongSupplier clock) {
    this.writer = writer;
    this.execution = execution;
    this.clock = clock;
  }

  /** Says that the answer has started, and lets leave what is there; once. */
  synchronized void open() {
    if (open || closed) return;
    open = true;
    var unused = writer.started(execution);
    first();
  }

  /** Adds text; the first leaves at once. */
  synchronized void append(String text) {
    if (closed) return;
    waiting.append(text);
    if (open && sent == 0) first();
  }

  private void first() {
    firstNanos = clock.getAsLong();
    flush();
  }

  /**
   * Lets the text leave that waits.
   *
   * @param slow whether this is a tick for answers that are no longer young, too
   */
  synchronized void tick(boolean slow) {
    if (!open) return;
    boolean young = clock.getAsLong() - firstNanos < LIVELY.toNanos();
    if (slow || young) flush();
  }

  private void flush() {
    int length = waiting.length();
    // Half a code point cannot be written as UTF-8: it waits for its other half, or for the end.
    boolean half = length > 0 && Character.isHighSurrogate(waiting.charAt(length - 1));
    if (half && !closed) length--;
    if (length == 0) return;
    CompletableFuture<Void> delta = writer.delta(execution, sent, waiting.substring(0, length));
    waiting.delete(0, length);
    sent++;
    var unused = delta.whenComplete((_, failure) -> settle(failure == null));
  }

  private void settle(boolean good) {
    synchronized (confirmations) {
      settled++;
      // Deltas behind one that was lost are of no use to a reader.
      if (!good) gap = true;
      if (!gap) confirmed++;
      confirmations.notifyAll();
    }
  }

  /**
   * Sends what waits, and waits until the broker has confirmed every delta; what was never opened
   * stays unseen.
   *
   * @param within afterwards the deltas that are not confirmed count as lost
   * @return confirmed deltas, up to the first that was lost
   */
  int close(Duration within) throws InterruptedException {
    int all;
    synchronized (this) {
      closed = true;
      if (open) flush();
      all = sent;
    }
    long end = System.nanoTime() + within.toNanos();
    synchronized (confirmations) {
      for (long left = within.toMillis(); settled < all && left > 0; ) {
        confirmations.wait(left);
        left = (end - System.nanoTime()) / 1_000_000;
      }
      return confirmed;
    }
  }
}
