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
 * <p>Waiting: the hook gives the owner the time that it was told.
 */
final class ClosedAtExit implements AutoCloseable {
  /** Of a command that gets the usual time to clean up. */
  static final Duration USUAL_OWNERS_TIME = Duration.ofSeconds(12);

  private final Duration ownersTime;
  private final Runnable closing;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook;

  private ClosedAtExit(String name, Duration ownersTime, Runnable closing) {
    this.ownersTime = ownersTime;
    this.closing = closing;
    this.hook = Thread.ofPlatform().name(name + "-at-exit").unstarted(this::closeAtExit);
  }

  /**
   * Guards something.
   *
   * @param name of the hook's thread
   * @param ownersTime how long the hook waits for the owner, who may have other things to close
   * @param closing closes it; is run once
   * @throws IllegalStateException if the JVM ends already
   */
  static ClosedAtExit of(String name, Duration ownersTime, Runnable closing) {
    var guard = new ClosedAtExit(name, ownersTime, closing);
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
      boolean byOwner = closed.await(ownersTime.toMillis(), TimeUnit.MILLISECONDS);
      if (!byOwner) close();
    } catch (InterruptedException e) {
      close();
    }
  }
}
