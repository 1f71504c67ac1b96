package io.livemind.topology.session;

/**
 * How long a session waits for what.
 *
 * @param claimLeaseMillis a dispatched task that nobody claimed for so long is dispatched again.
 *     Longer: a lost task is noticed later; shorter: a queue feeds itself with second attempts
 * @param heartbeatLeaseMillis a claimed task whose worker was silent for so long is dispatched
 *     again; three heartbeats. Longer: a dead worker costs more; shorter: a slow one costs a second
 *     call
 * @param maximumAttempts dispatches of one task; an inference is then given up, an answer fails
 * @param stopMillis how long the text of a cancelled answer is waited for
 * @param firstRetryMillis pause before an answer's second attempt after a failure; doubles each
 *     time
 * @param longestRetryMillis bound of that pause, and of what a backend's Retry-After may ask for
 */
public record SessionTimes(
    int claimLeaseMillis,
    int heartbeatLeaseMillis,
    int maximumAttempts,
    int stopMillis,
    int firstRetryMillis,
    int longestRetryMillis) {
  public static final SessionTimes DEFAULT = new SessionTimes(10_000, 4_500, 5, 2_000, 250, 10_000);

  public SessionTimes {
    positive("claim-lease", claimLeaseMillis);
    positive("heartbeat-lease", heartbeatLeaseMillis);
    positive("maximum-attempts", maximumAttempts);
    positive("stop", stopMillis);
    positive("first-retry", firstRetryMillis);
    positive("longest-retry", longestRetryMillis);
  }

  private static void positive(String key, int value) {
    if (value < 1)
      throw new IllegalArgumentException(
          "topology.session." + key + " must be at least 1 (ms for times), but is " + value);
  }
}
