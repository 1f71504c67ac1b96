package io.livemind.topology;

import io.livemind.topology.session.Execution;
import io.livemind.topology.session.Flight;
import io.livemind.topology.session.SessionTimes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who holds which task for how long, in memory: a heartbeat costs no store access.
 *
 * <p>Guarantee: a lease runs only while the thread reads what workers report. Before {@link #begin}
 * no lease expires, so that an instance that takes over first reads what its predecessor left, and
 * every worker gets one full lease from then. Between two ticks no more than {@link
 * #LONGEST_STEP_MILLIS} count, whether the thread stood still or the clock was set; a thread that
 * is always slow still ends every lease, later.
 *
 * <p>Threading: owned by one Streams thread.
 */
final class Leases {
  /** Ten ticks. Beyond, beats lie unread, and a lease must hold until they have been read. */
  static final int LONGEST_STEP_MILLIS = 500;

  /** Expires at a reading of the watched time. */
  private record Lease(String taskId, int attempt, String execution, long expiresAtWatched) {}

  private final SessionTimes times;
  private final ClaimDelay claimDelay;
  private final Map<String, Lease> leases = new HashMap<>();

  /** Milliseconds for which the thread has read what comes, at the last tick. */
  private long watchedMillis;

  private long tickAtMillis;
  private long readingSinceMillis;
  private boolean begun;

  Leases(SessionTimes times, ClaimDelay claimDelay) {
    this.times = times;
    this.claimDelay = claimDelay;
  }

  boolean begun() {
    return begun;
  }

  /** From now on leases expire. */
  void begin(long nowMillis) {
    begun = true;
    tickAtMillis = nowMillis;
    readingSinceMillis = nowMillis;
  }

  /** Time goes on, as far as it counts; the first one is {@link #begin}. */
  void tick(long nowMillis) {
    if (!begun) begin(nowMillis);
    if (stoodStill(nowMillis)) readingSinceMillis = nowMillis;
    watchedMillis = watched(nowMillis);
    tickAtMillis = nowMillis;
  }

  /** Whether the thread has read what comes all the time since then: else no delay is measured. */
  boolean hasReadSince(long thenMillis, long nowMillis) {
    return begun && thenMillis >= readingSinceMillis && !stoodStill(nowMillis);
  }

  /** Grants the session's task in flight a full lease; a task that has one keeps it. */
  void hold(String session, Flight flight, long nowMillis) {
    String execution = flight.execution().map(Execution::id).orElse("");
    Lease held = leases.get(session);
    boolean same =
        held != null
            && held.taskId().equals(flight.taskId())
            && held.attempt() == flight.attempt()
            && held.execution().equals(execution);
    if (same) return;
    leases.put(session, full(flight.taskId(), flight.attempt(), execution, nowMillis));
  }

  void release(String session) {
    leases.remove(session);
  }

  /** A worker says that it holds this execution. */
  void extend(String session, String taskId, int attempt, String execution, long nowMillis) {
    leases.computeIfPresent(
        session,
        (_, held) ->
            held.taskId().equals(taskId)
                    && held.attempt() == attempt
                    && held.execution().equals(execution)
                ? full(taskId, attempt, execution, nowMillis)
                : held);
  }

  /**
   * When the session's lease runs out if the thread goes on reading, which nobody may act upon
   * before {@link #begin}; {@link Long#MAX_VALUE}: it has none.
   */
  long expiresAtMillis(String session) {
    return Optional.ofNullable(leases.get(session))
        .map(held -> tickAtMillis + held.expiresAtWatched() - watchedMillis)
        .orElse(Long.MAX_VALUE);
  }

  private Lease full(String taskId, int attempt, String execution, long nowMillis) {
    int lease =
        execution.isEmpty()
            ? claimDelay.leaseMillis(attempt, nowMillis)
            : times.heartbeatLeaseMillis();
    return new Lease(taskId, attempt, execution, watched(nowMillis) + lease);
  }

  private long watched(long nowMillis) {
    return begun
        ? watchedMillis + Math.clamp(nowMillis - tickAtMillis, 0, LONGEST_STEP_MILLIS)
        : watchedMillis;
  }

  private boolean stoodStill(long nowMillis) {
    return Math.abs(nowMillis - tickAtMillis) > LONGEST_STEP_MILLIS;
  }
}
