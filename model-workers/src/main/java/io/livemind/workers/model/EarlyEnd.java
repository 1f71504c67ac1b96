package io.livemind.workers.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets other threads end the work of one thread early, by interrupting it, until that thread seals
 * its result.
 *
 * <p>Threading: {@link #begin} and {@link #seal} are called by the working thread, {@link #request}
 * and {@link #reason} by any. After {@code seal} no interrupt comes from here, and the thread's
 * interrupt flag is clear: what follows (sending the result) is never cut off.
 *
 * @param <R> why the work ends early
 */
public final class EarlyEnd<R> {
  private @Nullable Thread worker;
  private @Nullable R reason;
  private boolean sealed;

  /** The calling thread starts to work; a request that came before interrupts it at once. */
  public synchronized void begin() {
    worker = Thread.currentThread();
    if (reason != null) worker.interrupt();
  }

  /**
   * Asks the work to end. The first reason wins.
   *
   * @return whether this request is the one that counts
   */
  public synchronized boolean request(R why) {
    if (sealed || reason != null) return false;
    reason = why;
    if (worker != null) worker.interrupt();
    return true;
  }

  /** Why the work is asked to end; empty: it is not. */
  public synchronized Optional<R> reason() {
    return Optional.ofNullable(reason);
  }

  /** The work is over; requests have no effect from here on. */
  public synchronized Optional<R> seal() {
    sealed = true;
    Thread.interrupted(); // May be set by a request whose interrupt met no blocking call.
    return Optional.ofNullable(reason);
  }
}
