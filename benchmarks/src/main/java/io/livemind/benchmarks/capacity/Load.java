package io.livemind.benchmarks.capacity;

import io.livemind.benchmarks.harness.OpenLoop;
import io.livemind.benchmarks.harness.ThreadCpu;
import io.livemind.benchmarks.harness.ThreadCpu.Owner;
import io.livemind.benchmarks.pipeline.BenchmarkPipeline;
import io.livemind.benchmarks.pipeline.TurnClock.Place;
import io.livemind.benchmarks.pipeline.TurnClock.Times;
import io.livemind.benchmarks.pipeline.Typists;
import io.livemind.schemas.avro.SessionOptions;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * A steady load for a while, and how far behind the pipeline was at its end.
 *
 * @param perSecond fragments that really went out
 * @param times of the turns that were submitted
 * @param lag from the moment at which the last fragment was due until every turn was answered
 * @param cpuMicrosByOwner processor time of everything in this JVM, a fragment
 * @param unanswered turns that were not answered in half a minute
 */
public record Load(
    double perSecond,
    Times times,
    Duration lag,
    Map<Owner, Double> cpuMicrosByOwner,
    int unanswered) {
  static final int FRAGMENTS_PER_TURN = 20;
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(30);

  /** People who type, all their sessions in turn. */
  public static Typists typists(BenchmarkPipeline pipeline, int sessions) {
    return new Typists(
        pipeline.kafka(),
        pipeline.topics().fragments(),
        pipeline.clock(),
        sessions,
        FRAGMENTS_PER_TURN,
        pipeline.answersPartitions(),
        SessionOptions.newBuilder().build());
  }

  /** Types at a rate and waits until everything is answered. */
  public static Load run(
      BenchmarkPipeline pipeline, Typists typists, double rate, Duration duration)
      throws InterruptedException {
    pipeline.clock().take();
    long begun = System.nanoTime();
    var cpu = new ThreadCpu();
    OpenLoop.run(rate, duration, typists::type);
    long sent = System.nanoTime();
    long due = begun + duration.toNanos();
    while (pipeline.clock().unanswered() > 0
        && System.nanoTime() - sent < LONGEST_DRAIN.toNanos()) {
      Thread.sleep(5);
    }
    double fragments = rate * duration.toNanos() / 1e9;
    return new Load(
        fragments * 1e9 / (sent - begun),
        pipeline.clock().take(),
        Duration.ofNanos(Math.max(0, System.nanoTime() - due)),
        perFragment(cpu.used(), fragments),
        pipeline.clock().unanswered());
  }

  private static Map<Owner, Double> perFragment(Map<Owner, Long> nanos, double fragments) {
    Map<Owner, Double> micros = new EnumMap<>(Owner.class);
    nanos.forEach((owner, used) -> micros.put(owner, used / 1e3 / fragments));
    return micros;
  }

  /** Processor time of everything in this JVM, a fragment. */
  public double cpuMicros() {
    return cpuMicrosByOwner.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Since submit, in milliseconds. */
  public double millis(Place place, double percentile) {
    var histogram = times.sinceSubmit().get(place);
    return histogram == null ? Double.NaN : histogram.getValueAtPercentile(percentile) / 1e6;
  }

  /** The cells of a table: fragments a second, submit → task at a worker, lag, processor time. */
  String[] cells(String label) {
    return new String[] {
      label,
      "%.0f".formatted(perSecond),
      "%.1f / %.1f".formatted(millis(Place.MODEL_CALLED, 50), millis(Place.MODEL_CALLED, 99)),
      String.format(Locale.ROOT, "%.2f", lag.toMillis() / 1e3)
          + (unanswered > 0 ? " (" + unanswered + " unanswered)" : ""),
      "%.0f".formatted(cpuMicros())
    };
  }
}
