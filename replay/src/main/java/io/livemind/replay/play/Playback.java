package io.livemind.replay.play;

import io.livemind.replay.play.PlayResult.Lateness;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Fragment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * All sessions of a replay, in the order of what is due. The time is handed in.
 *
 * <p>Threading: owned by the thread that plays.
 */
final class Playback {
  /** One writer a session: replay is its only client. */
  private static final long WRITER = 1;

  /** Lateness beyond it is recorded as it. */
  private static final long LONGEST_LATENESS_MICROS = TimeUnit.HOURS.toMicros(1);

  private static final double MICROS_PER_SECOND = 1e6;

  /** Something of a session is due; outdated when the session's own due time is another one. */
  private record Due(long nanos, SessionPlay session) {}

  /** Is told that a fragment of a session did not arrive, from any thread. */
  interface FailedSends {
    void failed(String session);
  }

  private final FragmentSink sink;
  private final FailedSends failedSends;
  private final PlayClock clock;
  private final List<SessionPlay> sessions;
  private final Map<String, SessionPlay> bySession = new HashMap<>();
  private final PriorityQueue<Due> due =
      new PriorityQueue<>((left, right) -> Long.compare(left.nanos(), right.nanos()));
  private final Histogram latenessMicros = new Histogram(LONGEST_LATENESS_MICROS, 3);
  private int running;

  Playback(
      List<Play> plays,
      PlayerConfig config,
      int answersPartitions,
      FragmentSink sink,
      FailedSends failedSends,
      PlayClock clock,
      Observer observer,
      long startNanos) {
    this.sink = sink;
    this.failedSends = failedSends;
    this.clock = clock;
    this.sessions =
        IntStream.range(0, plays.size())
            .mapToObj(
                i ->
                    new SessionPlay(
                        plays.get(i), config, i % answersPartitions, startNanos, observer))
            .toList();
    for (SessionPlay session : sessions) {
      if (bySession.put(session.play().sessionId(), session) != null)
        throw new IllegalArgumentException("two plays have the same session id");
      schedule(session);
    }
    running = sessions.size();
  }

  /** Whether all sessions have ended. */
  boolean done() {
    return running == 0;
  }

  /** Whether the session is one of this replay; safe from any thread. */
  boolean plays(String session) {
    return bySession.containsKey(session);
  }

  /** When something is due next; {@link SessionPlay#NEVER} if nothing is. */
  long nextDueNanos() {
    Due next = due.peek();
    return next == null ? SessionPlay.NEVER : next.nanos();
  }

  /** Does everything that is due, in the order of the intended moments. */
  void act(long nowNanos) {
    for (Due next = due.peek(); next != null && next.nanos() <= nowNanos; next = due.peek()) {
      due.poll();
      SessionPlay session = next.session();
      if (session.dueNanos() != next.nanos()) continue;
      session.act(this::send);
      settle(session);
    }
  }

  /** Takes an event of a session; one of another replay's changes nothing. */
  void take(String session, AnswerEvent event, long arrivedNanos) {
    SessionPlay played = bySession.get(session);
    if (played == null || played.ended()) return;
    long before = played.dueNanos();
    played.take(event, arrivedNanos);
    if (played.dueNanos() != before) settle(played);
  }

  /** Ends a session that has not ended. */
  void fail(String session, PlayFailure failure) {
    SessionPlay played = bySession.get(session);
    if (played == null || played.ended()) return;
    played.fail(failure.code());
    settle(played);
  }

  /** Ends all sessions that have not ended. */
  void stop() {
    for (SessionPlay session : sessions) fail(session.play().sessionId(), PlayFailure.STOPPED);
  }

  /** What was measured; all sessions have ended. */
  PlayResult result(boolean stopped) {
    var lateness =
        new Lateness(
            latenessMicros.getTotalCount(),
            latenessMicros.getValueAtPercentile(50) / MICROS_PER_SECOND,
            latenessMicros.getValueAtPercentile(99) / MICROS_PER_SECOND,
            latenessMicros.getMaxValue() / MICROS_PER_SECOND);
    return new PlayResult(sessions.stream().map(SessionPlay::result).toList(), lateness, stopped);
  }

  private void settle(SessionPlay session) {
    if (session.ended()) running--;
    else schedule(session);
  }

  private void schedule(SessionPlay session) {
    due.add(new Due(session.dueNanos(), session));
  }

  private void send(SessionPlay session, int turn, Object content, long intendedNanos) {
    long lateMicros = TimeUnit.NANOSECONDS.toMicros(clock.nanoTime() - intendedNanos);
    latenessMicros.recordValue(Math.clamp(lateMicros, 0, LONGEST_LATENESS_MICROS));
    long sequence = session.takeSequence();
    int partition = session.answersPartition();
    var fragment =
        new Fragment(WRITER, sequence, turn, partition, clock.currentTimeMillis(), content);
    String id = session.play().sessionId();
    sink.send(id, fragment, () -> failedSends.failed(id));
  }
}
