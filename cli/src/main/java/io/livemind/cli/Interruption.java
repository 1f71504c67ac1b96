package io.livemind.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C, and being terminated: the command is told to stop, and the process ends when it has
 * cleaned up.
 *
 * <p>Threading: the thread that created it runs the command and calls {@link #finished}; a shutdown
 * hook calls {@link #request}. {@link #requested} may be called from any thread.
 *
 * <p>Waiting: the hook gives the command 15 s to clean up, or what it asked for, then the process
 * ends all the same.
 */
public final class Interruption {
  private static final Duration USUAL_CLEAN_UP = Duration.ofSeconds(15);

  private final Thread command;
  private final CountDownLatch finished = new CountDownLatch(1);
  private @Nullable Runnable stop;
  private boolean requested;
  private Duration cleanUp = USUAL_CLEAN_UP;

  /** For the command that the calling thread is going to run. */
  public Interruption() {
    command = Thread.currentThread();
  }

  /** Has the JVM's end, by Ctrl-C or otherwise, request the interruption and await the clean-up. */
  public void install() {
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("interruption").unstarted(this::endProcess));
  }

  /** Gives the command so much time to clean up, instead of the usual. */
  public synchronized void cleanUpWithin(Duration longest) {
    cleanUp = longest;
  }

  /** While the scope is open, a request calls this instead of interrupting the command's thread. */
  public synchronized Scope stoppingBy(Runnable instead) {
    stop = instead;
    if (requested) instead.run();
    return this::forget;
  }

  /** Stops the command: by what the open scope says, or by interrupting its thread. */
  public synchronized void request() {
    requested = true;
    if (stop == null) command.interrupt();
    else stop.run();
  }

  /** Whether the command was told to stop. */
  public synchronized boolean requested() {
    return requested;
  }

  /** The command has cleaned up; what comes now only ends the process. */
  public void finished() {
    finished.countDown();
  }

  /** See {@link #stoppingBy}. */
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  /** What the command has to clean up. */
  synchronized Duration longestCleanUp() {
    return cleanUp;
  }

  private synchronized void forget() {
    stop = null;
  }

  private void endProcess() {
    if (finished.getCount() == 0) return;
    request();
    try {
      boolean ignored = finished.await(longestCleanUp().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
