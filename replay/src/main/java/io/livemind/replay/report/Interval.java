package io.livemind.replay.report;

import java.util.List;

/**
 * A span of a monotonic clock, in nanoseconds.
 *
 * @param startNanos inclusive
 * @param endNanos exclusive; not before the start
 */
public record Interval(long startNanos, long endNanos) {
  public Interval {
    if (endNanos - startNanos < 0)
      throw new IllegalArgumentException("an interval must not end before it starts");
  }

  /**
   * How much of this one is covered by others; where several overlap it counts once.
   *
   * @return nanoseconds, at most the length of this one
   */
  public long coveredBy(List<Interval> others) {
    long covered = 0;
    long reached = startNanos;
    var inOrder =
        others.stream()
            .sorted((left, right) -> Long.compare(left.startNanos, right.startNanos))
            .toList();
    for (Interval other : inOrder) {
      long from = Math.max(reached, other.startNanos);
      long to = Math.min(endNanos, other.endNanos);
      if (to <= from) continue;
      covered += to - from;
      reached = to;
    }
    return covered;
  }

  /** Nanoseconds. */
  public long length() {
    return endNanos - startNanos;
  }
}
