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
 * <p>Guarantee: before {@link #begin} no lease expires, so that an instance that takes over first
 * reads what its predecessor left, and every worker gets one full lease from then.
 *
 * <p>Threading: owned by one Streams thread.
 */
final class Leases {
  private record Lease(String taskId, int attempt, String execution, long expiresAtMillis) {}

  private final SessionTimes times;
  private final ClaimDelay claimDelay;
  private final Map<String, Lease> leases = new HashMap<>();
  private long beganAtMillis = Long.MAX_VALUE;

  Leases(SessionTimes times, ClaimDelay claimDelay) {
    this.times = times;
    this.claimDelay = claimDelay;
  }

  boolean begun() {
    return beganAtMillis != Long.MAX_VALUE;
  }

  /** A time before which nothing is known of how long tasks wait. */
  long beganAtMillis() {
    return beganAtMillis;
  }

  /** From now on leases expire. */
  void begin(long nowMillis) {
    beganAtMillis = nowMillis;
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
    leases.put(
        session,
        new Lease(
            flight.taskId(),
            flight.attempt(),
            execution,
            nowMillis + lease(execution, flight.attempt(), nowMillis)));
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
                ? new Lease(
                    taskId, attempt, execution, nowMillis + lease(execution, attempt, nowMillis))
                : held);
  }

  /**
   * When the session's lease runs out, which nobody may act upon before {@link #begin}; {@link
   * Long#MAX_VALUE}: it has none.
   */
  long expiresAtMillis(String session) {
    return Optional.ofNullable(leases.get(session))
        .map(held -> Math.max(held.expiresAtMillis(), afterBegin(held)))
        .orElse(Long.MAX_VALUE);
  }

  private long afterBegin(Lease held) {
    return begun() ? beganAtMillis + lease(held.execution(), held.attempt(), beganAtMillis) : 0;
  }

  private int lease(String execution, int attempt, long nowMillis) {
    return execution.isEmpty()
        ? claimDelay.leaseMillis(attempt, nowMillis)
        : times.heartbeatLeaseMillis();
  }
}
