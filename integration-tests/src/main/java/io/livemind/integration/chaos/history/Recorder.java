package io.livemind.integration.chaos.history;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Where actors write down what they do and see.
 *
 * <p>Threading: any thread.
 */
public final class Recorder {
  private final long begunNanos = System.nanoTime();
  private final Queue<Event> events = new ConcurrentLinkedQueue<>();

  /** Milliseconds since the run began. */
  public long now() {
    return at(System.nanoTime());
  }

  /** The same for another reading of this JVM's clock. */
  public long at(long nanoTime) {
    return TimeUnit.NANOSECONDS.toMillis(nanoTime - begunNanos);
  }

  public void add(Event event) {
    events.add(event);
  }

  /** What was written down so far. */
  public History history() {
    return new History(List.copyOf(events));
  }
}
