package io.livemind.benchmarks.capacity;

import io.livemind.benchmarks.harness.Alternation;
import io.livemind.benchmarks.harness.Alternation.Pair;
import io.livemind.benchmarks.harness.Alternation.Pairs;
import io.livemind.benchmarks.harness.MedianRatio;
import io.livemind.benchmarks.harness.WindowOptions;
import io.livemind.benchmarks.pipeline.BenchmarkPipeline;
import io.livemind.benchmarks.pipeline.TurnClock.Place;
import io.livemind.benchmarks.pipeline.Typists;
import java.time.Duration;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/**
 * The same load, by turns, on two pipelines that both stand in this JVM. Processor time is that of
 * the JVM, so each window holds what the other pipeline uses while it idles.
 *
 * @param pairs a window of the first and one of the second pipeline
 */
public record LoadPairs(Pairs<Load, Load> pairs) {
  /** Of each pipeline before the first pair: what was done since has left it cold. */
  private static final Duration LEAD_IN = Duration.ofSeconds(5);

  /** People type in both, at a rate of fragments a second. */
  public static LoadPairs run(
      WindowOptions windows, BenchmarkPipeline first, BenchmarkPipeline second, int rate)
      throws InterruptedException {
    try (Typists ofFirst = Load.typists(first, rate);
        Typists ofSecond = Load.typists(second, rate)) {
      Load.run(first, ofFirst, rate, LEAD_IN);
      Load.run(second, ofSecond, rate, LEAD_IN);
      return new LoadPairs(
          Alternation.run(
              windows,
              () -> Load.run(first, ofFirst, rate, windows.length()),
              () -> Load.run(second, ofSecond, rate, windows.length())));
    }
  }

  /** Load that does not count, half of it on each: compiled code is what is measured. */
  public static void warmUp(
      WindowOptions windows, BenchmarkPipeline first, BenchmarkPipeline second, int rate)
      throws InterruptedException {
    try (Typists ofFirst = Load.typists(first, rate);
        Typists ofSecond = Load.typists(second, rate)) {
      Load.run(first, ofFirst, rate, windows.warmUp());
      Load.run(second, ofSecond, rate, windows.warmUp());
    }
  }

  /** Whether all windows were void. */
  public boolean none() {
    return pairs.valid().isEmpty();
  }

  /** Processor time of a fragment, second against first. */
  public MedianRatio ratio() {
    return MedianRatio.of(
        pairs.valid().stream()
            .map(pair -> pair.second().cpuMicros() / pair.first().cpuMicros())
            .toList());
  }

  /** As they stand in a table: microseconds of a fragment, first / second. */
  public String cpuText() {
    return "%.0f / %.0f".formatted(cpu(Pair::first), cpu(Pair::second));
  }

  /** As they stand in a table: submit → task at a worker p50 / p99 in milliseconds. */
  public String firstDelayText() {
    return delay(Pair::first);
  }

  /** The same of the second pipeline. */
  public String secondDelayText() {
    return delay(Pair::second);
  }

  /** As they stand in a table: how many count, and how many do not. */
  public String countText() {
    return "%d (%d)".formatted(pairs.valid().size(), pairs.voidPairs());
  }

  private double cpu(Function<Pair<Load, Load>, Load> arm) {
    return pairs.valid().stream()
        .map(arm)
        .mapToDouble(Load::cpuMicros)
        .average()
        .orElse(Double.NaN);
  }

  private String delay(Function<Pair<Load, Load>, Load> arm) {
    var all = new Histogram(3);
    for (var pair : pairs.valid()) {
      var delays = arm.apply(pair).times().sinceSubmit().get(Place.MODEL_CALLED);
      if (delays != null) all.add(delays);
    }
    return "%.1f / %.1f"
        .formatted(all.getValueAtPercentile(50) / 1e6, all.getValueAtPercentile(99) / 1e6);
  }
}
