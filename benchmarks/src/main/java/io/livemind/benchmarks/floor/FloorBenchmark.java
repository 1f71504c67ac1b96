package io.livemind.benchmarks.floor;

import io.livemind.benchmarks.floor.RawHops.Kind;
import io.livemind.benchmarks.harness.Alternation;
import io.livemind.benchmarks.harness.Alternation.Pair;
import io.livemind.benchmarks.harness.Alternation.Pairs;
import io.livemind.benchmarks.harness.MedianRatio;
import io.livemind.benchmarks.harness.OpenLoop;
import io.livemind.benchmarks.harness.ProcessCpu;
import io.livemind.benchmarks.harness.Publishing;
import io.livemind.benchmarks.harness.Report;
import io.livemind.benchmarks.harness.Table;
import io.livemind.benchmarks.harness.WindowOptions;
import io.livemind.benchmarks.pipeline.BenchmarkPipeline;
import io.livemind.benchmarks.pipeline.Setup;
import io.livemind.benchmarks.pipeline.TurnClock.Place;
import io.livemind.benchmarks.pipeline.TurnClock.Times;
import io.livemind.benchmarks.pipeline.Typists;
import io.livemind.schemas.avro.SessionOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The whole chain, from the last fragment to the first words at the client, against as many bare
 * hops.
 */
@Command(
    name = "floor",
    description = "The whole chain against the bare hops on the same broker in the same run.")
public final class FloorBenchmark implements Callable<Integer> {
  /** Fragment, task, delta: what lies between the last key and the first word. */
  private static final List<Kind> HOPS = List.of(Kind.PLAIN, Kind.PLAIN, Kind.PLAIN);

  /** The same, by the kind of consumer that the chain has at each. */
  private static final List<Kind> ITS_HOPS = List.of(Kind.PLAIN, Kind.SHARED, Kind.PLAIN);

  private static final int FRAGMENTS_PER_TURN = 20;
  private static final Duration LEAD_IN = Duration.ofMillis(500);
  private static final Duration LONGEST_TAIL = Duration.ofSeconds(5);

  @Mixin private WindowOptions windows = new WindowOptions();
  @Mixin private Publishing publishing = new Publishing();

  @Option(
      names = "--rates",
      split = ",",
      defaultValue = "50,500,2000",
      description = "Fragments a second. Default: ${DEFAULT-VALUE}.")
  private List<Integer> rates = List.of();

  /**
   * A window of the bare hops, and one in which the second is read by share consumers.
   *
   * @param firstHop of plain ones
   * @param plain all three, with plain consumers
   * @param itsKinds all three, the second with share consumers
   */
  private record Raw(Histogram firstHop, Histogram plain, Histogram itsKinds) {}

  /** One window of the chain. */
  private record Chain(Times times, double cpuMicrosPerFragment) {}

  @Override
  public Integer call() throws InterruptedException {
    var report =
        new Report(
            "floor", "The chain against the bare hops", "benchmarks/run floor " + windows.text());
    var table =
        new Table(
            "fragments/s",
            "bare hop p50 ms",
            "3 bare hops p50 / p99 ms",
            "the same, the 2nd shared",
            "chain p50 / p99 ms",
            "ratio p50",
            "ratio p99",
            "ratio p50 to those with a shared one",
            "CPU µs a fragment",
            "pairs (void)");
    var hops =
        new Table(
            "fragments/s",
            "submit → task rendered",
            "→ model called",
            "→ first words at client",
            "→ complete at client");
    try (var pipeline = BenchmarkPipeline.start(Setup.SMALL);
        var plain = new RawHops(pipeline.kafka(), "raw", HOPS, FRAGMENTS_PER_TURN);
        var itsKinds = new RawHops(pipeline.kafka(), "shared", ITS_HOPS, FRAGMENTS_PER_TURN)) {
      warmUp(pipeline, plain, itsKinds);
      for (int rate : rates) {
        Pairs<Raw, Chain> pairs = measure(pipeline, plain, itsKinds, rate);
        if (pairs.valid().isEmpty()) {
          report.line(rate + "/s: every window was void: the machine is busy with something else.");
          continue;
        }
        table.row(row(rate, pairs));
        hops.row(hopRow(rate, pairs));
      }
      report.table(table);
      report.line("Where the time goes, p50 / p99 ms, each from the place before:");
      report.line("");
      report.table(hops);
      report.line(
          "A task is handed out by a share group, which costs more than a plain hop: the other three hops have share"
              + " consumers, two as in a worker, at the second.");
      report.line(
          "Ratio: median of the windows' ratios with its bootstrap 95 % interval; the chain is the last"
              + " fragment → first words at a client, with a model that answers at once. Failed turns: "
              + pipeline.clock().failures()
              + ", rejected fragments: "
              + pipeline.rejected()
              + ".");
    }
    publishing.publish(report);
    return 0;
  }

  /** The first configuration in a JVM is always the slowest, so none that counts is the first. */
  private void warmUp(BenchmarkPipeline pipeline, RawHops plain, RawHops itsKinds)
      throws InterruptedException {
    try (Typists typists = typists(pipeline, 500)) {
      OpenLoop.run(500, windows.warmUp(), typists::type);
      OpenLoop.run(500, windows.warmUp().dividedBy(2), plain::send);
      OpenLoop.run(500, windows.warmUp().dividedBy(2), itsKinds::send);
      awaitUntil(() -> pipeline.clock().unanswered() == 0);
    }
  }

  private Pairs<Raw, Chain> measure(
      BenchmarkPipeline pipeline, RawHops plain, RawHops itsKinds, int rate)
      throws InterruptedException {
    try (Typists typists = typists(pipeline, rate)) {
      return Alternation.run(
          windows,
          () -> {
            hopsWindow(plain, rate);
            Histogram firstHop = plain.takeFirstHop();
            Histogram allPlain = plain.takeAllHops();
            hopsWindow(itsKinds, rate);
            return new Raw(firstHop, allPlain, itsKinds.takeAllHops());
          },
          () -> chainWindow(pipeline, typists, rate));
    }
  }

  private static Typists typists(BenchmarkPipeline pipeline, int rate) {
    return new Typists(
        pipeline.kafka(),
        pipeline.topics().fragments(),
        pipeline.clock(),
        rate,
        FRAGMENTS_PER_TURN,
        pipeline.answersPartitions(),
        SessionOptions.newBuilder().build());
  }

  private void hopsWindow(RawHops raw, int rate) throws InterruptedException {
    OpenLoop.run(rate, LEAD_IN, raw::send);
    raw.takeFirstHop();
    raw.takeAllHops();
    OpenLoop.run(rate, windows.length(), raw::send);
    awaitUntil(() -> raw.onTheWay() == 0);
  }

  private Chain chainWindow(BenchmarkPipeline pipeline, Typists typists, int rate)
      throws InterruptedException {
    OpenLoop.run(rate, LEAD_IN, typists::type);
    pipeline.clock().take();
    long cpuBefore = ProcessCpu.nanos();
    OpenLoop.run(rate, windows.length(), typists::type);
    double cpuMicros = (ProcessCpu.nanos() - cpuBefore) / 1e3;
    awaitUntil(() -> pipeline.clock().unanswered() == 0);
    double fragments = rate * windows.length().toMillis() / 1e3;
    return new Chain(pipeline.clock().take(), cpuMicros / fragments);
  }

  private static void awaitUntil(BooleanSupplier done) throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_TAIL.toNanos();
    while (!done.getAsBoolean() && System.nanoTime() - deadline < 0) Thread.sleep(20);
  }

  private static String[] row(int rate, Pairs<Raw, Chain> pairs) {
    var bare = merged(pairs.valid().stream().map(pair -> pair.first().firstHop()));
    var plain = merged(pairs.valid().stream().map(pair -> pair.first().plain()));
    var itsKinds = merged(pairs.valid().stream().map(pair -> pair.first().itsKinds()));
    var chain = merged(pairs.valid().stream().map(pair -> firstDelta(pair.second())));
    double cpu =
        pairs.valid().stream()
            .mapToDouble(pair -> pair.second().cpuMicrosPerFragment())
            .average()
            .orElseThrow();
    return new String[] {
      Integer.toString(rate),
      millis(bare, 50),
      millis(plain, 50) + " / " + millis(plain, 99),
      millis(itsKinds, 50) + " / " + millis(itsKinds, 99),
      millis(chain, 50) + " / " + millis(chain, 99),
      ratio(pairs, Raw::plain, 50),
      ratio(pairs, Raw::plain, 99),
      ratio(pairs, Raw::itsKinds, 50),
      "%.0f".formatted(cpu),
      pairs.valid().size() + " (" + pairs.voidPairs() + ")"
    };
  }

  private static String[] hopRow(int rate, Pairs<Raw, Chain> pairs) {
    return Stream.concat(
            Stream.of(Integer.toString(rate)),
            Stream.of(Place.values())
                .map(place -> merged(pairs.valid().stream().map(pair -> hop(pair, place))))
                .map(hop -> millis(hop, 50) + " / " + millis(hop, 99)))
        .toArray(String[]::new);
  }

  private static Histogram hop(Pair<Raw, Chain> pair, Place place) {
    return recorded(pair.second().times().sincePlaceBefore(), place);
  }

  private static Histogram firstDelta(Chain chain) {
    return recorded(chain.times().sinceSubmit(), Place.FIRST_DELTA);
  }

  private static Histogram recorded(Map<Place, Histogram> times, Place place) {
    Histogram histogram = times.get(place);
    if (histogram == null) throw new IllegalStateException("nothing recorded for " + place);
    return histogram;
  }

  private static String ratio(
      Pairs<Raw, Chain> pairs, Function<Raw, Histogram> hops, double percentile) {
    return MedianRatio.of(
            pairs.valid().stream()
                .map(
                    pair ->
                        (double) firstDelta(pair.second()).getValueAtPercentile(percentile)
                            / hops.apply(pair.first()).getValueAtPercentile(percentile))
                .toList())
        .text();
  }

  private static Histogram merged(Stream<Histogram> histograms) {
    var all = new Histogram(3);
    histograms.forEach(all::add);
    return all;
  }

  private static String millis(Histogram histogram, double percentile) {
    return "%.2f".formatted(histogram.getValueAtPercentile(percentile) / 1e6);
  }
}
