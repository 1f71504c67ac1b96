package io.livemind.workers.langchain4j;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One timer thread that watches the limits of all calls of a client.
 *
 * <p>Threading: any thread. What is told of an expiry runs on the timer thread and returns soon.
 */
final class CallWatch implements AutoCloseable {
  private final ScheduledThreadPoolExecutor timer;

  CallWatch() {
    timer =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("model-call-watch").unstarted(task));
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Watches a call until the watch of it is closed; tells of one expiry at most. */
  Watched watch(CallDeadlines deadlines, Consumer<CallDeadlines.Expiry> onExpiry) {
    var watched = new Watched(deadlines, onExpiry);
    watched.arm();
    return watched;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** The watch of one call. */
  final class Watched implements AutoCloseable {
    private final CallDeadlines deadlines;
    private final Consumer<CallDeadlines.Expiry> onExpiry;
    private @Nullable ScheduledFuture<?> next;
    private boolean over;

    private Watched(CallDeadlines deadlines, Consumer<CallDeadlines.Expiry> onExpiry) {
      this.deadlines = deadlines;
      this.onExpiry = onExpiry;
    }

    /** Looks again at when the next limit can be passed: call it when a phase has changed. */
    synchronized void arm() {
      if (over || timer.isShutdown()) return;
      if (next != null) next.cancel(false);
      long delay = Math.max(0, deadlines.nextNanos() - System.nanoTime());
      next = timer.schedule(this::look, delay, TimeUnit.NANOSECONDS);
    }

    private void look() {
      var expiry = deadlines.expired(System.nanoTime());
      synchronized (this) {
        if (over) return;
        if (expiry.isEmpty()) {
          arm();
          return;
        }
        over = true;
      }
      onExpiry.accept(expiry.get());
    }

    @Override
    public synchronized void close() {
      over = true;
      if (next != null) next.cancel(false);
    }
  }
}
