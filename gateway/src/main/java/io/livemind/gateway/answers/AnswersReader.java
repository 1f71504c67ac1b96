package io.livemind.gateway.answers;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that reads the live end of the log and hands it to the {@link AnswerHub}.
 *
 * <p>Threading: a platform thread of its own polls; {@link #isAlive} and {@link #close} from any.
 *
 * <p>Waiting: a failed poll is tried again after 500 ms, without end; {@link #isAlive} then tells
 * that nothing was read for 10 s. Closing waits 5 s for the thread.
 */
public final class AnswersReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AnswersReader.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

  private final AnswerSource source;
  private final AnswerHub hub;
  private final Thread thread;
  private final AtomicLong polledAtNanos = new AtomicLong(System.nanoTime());
  private volatile boolean running = true;

  public AnswersReader(AnswerSource source, AnswerHub hub) {
    this.source = source;
    this.hub = hub;
    this.thread = Thread.ofPlatform().name("gateway-answers").daemon().start(this::run);
  }

  /** Whether the log was polled lately. */
  public boolean isAlive() {
    return thread.isAlive() && System.nanoTime() - polledAtNanos.get() < LONGEST_SILENCE.toNanos();
  }

  private void run() {
    while (running) {
      try {
        hub.changes().ifPresent(source::read);
        List<AnswerRecord> records = source.poll(POLL);
        polledAtNanos.set(System.nanoTime());
        hub.publish(records);
      } catch (RuntimeException e) {
        if (!running) return;
        LOG.warn("event=answers_not_read reason={}", e.getClass().getSimpleName());
        pause();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
