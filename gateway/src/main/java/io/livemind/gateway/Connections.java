package io.livemind.gateway;

import io.livemind.gateway.problem.Problem;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the open streams of each network address.
 *
 * <p>Threading: any thread.
 */
final class Connections {
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final Map<String, Integer> open = new ConcurrentHashMap<>();
  private final int most;

  Connections(int most) {
    this.most = most;
  }

  /** Throws a {@link Problem} if there is no room for one more. */
  void check(String address) {
    if (open.getOrDefault(address, 0) >= most)
      throw Problem.tooMany("connections-per-address", most, RETRY);
  }

  /** Counts one more; throws a {@link Problem} if there are too many. */
  void enter(String address) {
    int now = open.merge(address, 1, Integer::sum);
    if (now <= most) return;
    leave(address);
    throw Problem.tooMany("connections-per-address", most, RETRY);
  }

  /** Counts one more, whatever was checked before. */
  void count(String address) {
    open.merge(address, 1, Integer::sum);
  }

  /** Counts one less. */
  void leave(String address) {
    open.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
  }
}
