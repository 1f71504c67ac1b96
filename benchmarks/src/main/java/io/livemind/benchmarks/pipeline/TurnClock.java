package io.livemind.benchmarks.pipeline;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * When each submitted turn passed which place; all clocks are this JVM's.
 *
 * <p>Threading: any thread marks; one takes.
 */
public final class TurnClock {
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(2);

  /** Places, in the order of the data. */
  public enum Place {
    /** The topology has rendered the answer task. */
    TASK_RENDERED,
    /** The worker calls the model. */
    MODEL_CALLED,
    /** The client holds the first words of the answer. */
    FIRST_DELTA,
    /** The client knows that the answer is complete. */
    COMPLETED
  }

  private static final class Turn {
    private final long submittedNanos;
    private volatile long passedNanos;

    private Turn(long submittedNanos) {
      this.submittedNanos = submittedNanos;
      this.passedNanos = submittedNanos;
    }
  }

  private final Map<String, Turn> turns = new ConcurrentHashMap<>();
  private final Map<Place, Recorder> sinceSubmit = new EnumMap<>(Place.class);
  private final Map<Place, Recorder> sincePlaceBefore = new EnumMap<>(Place.class);
  private final LongAdder failed = new LongAdder();

  public TurnClock() {
    for (Place place : Place.values()) {
      sinceSubmit.put(place, new Recorder(LONGEST_NANOS, 3));
      sincePlaceBefore.put(place, new Recorder(LONGEST_NANOS, 3));
    }
  }

  /** The last fragment of the session was to be sent at this moment. */
  public void submitted(String session, long intendedNanos) {
    turns.put(session, new Turn(intendedNanos));
  }

  /** The session's turn is there now; nothing happens for one that was not submitted. */
  public void passed(String session, Place place) {
    Turn turn = place == Place.COMPLETED ? turns.remove(session) : turns.get(session);
    if (turn == null) return;
    long now = System.nanoTime();
    record(sinceSubmit, place, now - turn.submittedNanos);
    record(sincePlaceBefore, place, now - turn.passedNanos);
    turn.passedNanos = now;
  }

  private static void record(Map<Place, Recorder> recorders, Place place, long nanos) {
    Recorder recorder = recorders.get(place);
    if (recorder != null) recorder.recordValue(Math.clamp(nanos, 0, LONGEST_NANOS));
  }

  /** The session's turn has ended without an answer. */
  public void failed(String session) {
    if (turns.remove(session) != null) failed.increment();
  }

  /** Turns that have not ended. */
  public int unanswered() {
    return turns.size();
  }

  /** Turns that ended without an answer, so far. */
  public long failures() {
    return failed.sum();
  }

  /** What was recorded since this was last asked. */
  public Times take() {
    return new Times(take(sinceSubmit), take(sincePlaceBefore));
  }

  private static Map<Place, Histogram> take(Map<Place, Recorder> recorders) {
    Map<Place, Histogram> taken = new EnumMap<>(Place.class);
    recorders.forEach((place, recorder) -> taken.put(place, recorder.getIntervalHistogram()));
    return taken;
  }

  /**
   * Durations in nanoseconds.
   *
   * @param sinceSubmit from the intended moment of the last fragment
   * @param sincePlaceBefore from the place before, for the first one as above
   */
  public record Times(Map<Place, Histogram> sinceSubmit, Map<Place, Histogram> sincePlaceBefore) {}
}
