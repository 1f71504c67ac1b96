package io.livemind.cli.embedded;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Closes something when the JVM ends, unless its owner has done so. The owner comes first: it knows
 * what must be closed before, and shutdown hooks run in no order.
 *
 * <p>Threading: {@link #close} may be called by any thread, again and at the same time; it returns
 * when the thing is closed.
 *
 * <p>Waiting: the hook gives the owner 12 s.
 */
final class ClosedAtExit implements AutoCloseable {
  private static final Duration OWNERS_TIME = Duration.ofSeconds(12);

  private final Runnable closing;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook;

  private ClosedAtExit(String name, Runnable closing) {
    this.closing = closing;
    this.hook = Thread.ofPlatform().name(name + "-at-exit").unstarted(this::closeAtExit);
  }

  /**
   * Guards something.
   *
   * @param name of the hook's thread
   * @param closing closes it; is run once
   * @throws IllegalStateException if the JVM ends already
   */
  static ClosedAtExit of(String name, Runnable closing) {
    var guard = new ClosedAtExit(name, closing);
    Runtime.getRuntime().addShutdownHook(guard.hook);
    return guard;
  }

  @Override
  public synchronized void close() {
    if (closed.getCount() == 0) return;
    try {
      closing.run();
    } finally {
      closed.countDown();
    }
    if (Thread.currentThread() != hook) forget();
  }

  private void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The hook runs already, and will find everything closed.
      return;
    }
  }

  private void closeAtExit() {
    try {
      boolean byOwner = closed.await(OWNERS_TIME.toMillis(), TimeUnit.MILLISECONDS);
      if (!byOwner) close();
    } catch (InterruptedException e) {
      close();
    }
  }
}
