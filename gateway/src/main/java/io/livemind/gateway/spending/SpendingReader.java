package io.livemind.gateway.spending;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that keeps {@link Spending} up to date.
 *
 * <p>Waiting: a failed poll is tried again after a second, without end: the limit then holds with
 * what is known. Closing waits 5 s for the thread.
 */
public final class SpendingReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpendingReader.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

  private final SpendingSource source;
  private final Spending spending;
  private final Thread thread;
  private volatile boolean running = true;

  public SpendingReader(SpendingSource source, Spending spending) {
    this.source = source;
    this.spending = spending;
    this.thread = Thread.ofPlatform().name("gateway-usage").daemon().start(this::run);
  }

  private void run() {
    while (running) {
      try {
        source.poll(POLL).forEach(spending::take);
      } catch (RuntimeException e) {
        if (!running) return;
        LOG.warn("event=usage_not_read reason={}", e.getClass().getSimpleName());
        pause();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      running = false;
    }
  }

  @Override
  public void close() {
    running = false;
    try {
      thread.join(LONGEST_CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    source.close();
  }
}
