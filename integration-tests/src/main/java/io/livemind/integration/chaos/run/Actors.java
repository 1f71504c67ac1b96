package io.livemind.integration.chaos.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The people of a run, each on a thread of their own. Whoever still acts at the close is sent home.
 *
 * <p>Threading: one thread.
 */
final class Actors implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> acting = new ArrayList<>();

  /** What somebody does. */
  @FunctionalInterface
  interface Act {
    void play() throws InterruptedException;
  }

  void start(Act act) {
    Callable<Boolean> played =
        () -> {
          act.play();
          return true;
        };
    acting.add(threads.submit(played));
  }

  /**
   * Returns when all have come to their end.
   *
   * @throws IllegalStateException if one could not go on
   */
  void awaitEnds() throws InterruptedException {
    for (Future<?> actor : acting) {
      try {
        actor.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a client could not go on", e.getCause());
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
