package io.livemind.benchmarks.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Two arms by turns in one run, so that what the machine does besides hits both alike.
 *
 * <p>A pair with a window in which the timer thread was more than 5 ms late at p99 is void: it is
 * counted and made up for, up to as many void pairs as valid ones are wanted.
 */
public final class Alternation {
  /** A later timer makes a window void. */
  static final Duration LATEST_TIMER = Duration.ofMillis(5);

  private Alternation() {}

  /**
   * One arm of a comparison.
   *
   * @param <R> what a window of it yields
   */
  @FunctionalInterface
  public interface Arm<R> {
    /** Runs one window. */
    R window() throws InterruptedException;
  }

  /** A window of each arm, one after the other. */
  public record Pair<A, B>(A first, B second) {}

  /**
   * What a comparison yields.
   *
   * @param valid pairs in the order of time
   * @param voidPairs pairs that were left out
   * @param latestTimer the latest p99 of the timer in a pair that counts
   */
  public record Pairs<A, B>(List<Pair<A, B>> valid, int voidPairs, Duration latestTimer) {}

  /**
   * Runs windows until there are enough valid pairs.
   *
   * @param windows how many pairs are wanted
   */
  public static <A, B> Pairs<A, B> run(WindowOptions windows, Arm<A> first, Arm<B> second)
      throws InterruptedException {
    int pairs = windows.count();
    List<Pair<A, B>> valid = new ArrayList<>();
    int voidPairs = 0;
    Duration latest = Duration.ZERO;
    try (var watch = TimerWatch.start()) {
      while (valid.size() < pairs && voidPairs <= pairs) {
        watch.takeLateness();
        A a = first.window();
        Duration late = watch.takeLateness();
        B b = second.window();
        Duration lateInSecond = watch.takeLateness();
        if (lateInSecond.compareTo(late) > 0) late = lateInSecond;
        if (late.compareTo(windows.latestTimer()) > 0) {
          voidPairs++;
        } else {
          valid.add(new Pair<>(a, b));
          if (late.compareTo(latest) > 0) latest = late;
        }
      }
    }
    return new Pairs<>(List.copyOf(valid), voidPairs, latest);
  }
}
