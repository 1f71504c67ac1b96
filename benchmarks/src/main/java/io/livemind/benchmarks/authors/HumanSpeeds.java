package io.livemind.benchmarks.authors;

import io.livemind.benchmarks.harness.Table;
import io.livemind.benchmarks.pipeline.BenchmarkPipeline;
import io.livemind.benchmarks.pipeline.LongPrompts;
import io.livemind.benchmarks.pipeline.Setup;
import io.livemind.benchmarks.pipeline.TurnClock.Place;
import io.livemind.schemas.avro.Mode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The two designs while people type and the model takes its time.
 *
 * @param people in each design
 * @param model duration of each call
 * @param load length of each
 */
record HumanSpeeds(int people, Duration model, Duration load) {
  static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration LONGEST_TAIL = Duration.ofSeconds(20);

  /** What is typed before a load is thought about in this time, with a call's own. */
  private static final Duration SETTLING = Duration.ofSeconds(2);

  /**
   * One design under one load.
   *
   * @param held nanoseconds for which each key held its caller, from when it was due
   * @param submits nanoseconds from when a submit was due until the model was called for the answer
   * @param calls to the model, of both kinds
   */
  private record Seen(Histogram held, Histogram submits, long calls) {
    String heldText() {
      return "%.1f / %.1f / %.1f".formatted(millis(held, 50), millis(held, 99), millis(held, 100));
    }

    String submitsText() {
      return "%.1f / %.1f / %.1f"
          .formatted(millis(submits, 50), millis(submits, 90), millis(submits, 100));
    }

    private static double millis(Histogram histogram, double percentile) {
      return histogram.getValueAtPercentile(percentile) / 1e6;
    }
  }

  /** Adds the time since a moment. */
  static void record(Histogram histogram, long sinceNanos) {
    histogram.recordValue(Math.clamp(System.nanoTime() - sinceNanos, 0, LONGEST_NANOS));
  }

  /** A row for each length and speed. */
  Table table(List<Integer> lengths, List<Integer> keysPerSecond) throws InterruptedException {
    var table =
        new Table(
            "prompt length",
            "keys/s of a person",
            "theirs: a key is held p50 / p99 / longest ms",
            "ours",
            "theirs: submit → model called for the answer p50 / p90 / longest ms",
            "ours",
            "calls theirs / ours");
    try (var pipeline = BenchmarkPipeline.start(Setup.SMALL.withWorkers(1, people * 2, model))) {
      var warmUp = new HumanPace(people, keysPerSecond.getLast(), WARM_UP);
      theirs(warmUp, lengths.getFirst());
      ours(pipeline, warmUp, lengths.getFirst());
      for (int length : lengths) {
        for (int keys : keysPerSecond) {
          var pace = new HumanPace(people, keys, load);
          Seen theirs = theirs(pace, length);
          Seen ours = ours(pipeline, pace, length);
          table.row(
              Integer.toString(length),
              Integer.toString(keys),
              theirs.heldText(),
              ours.heldText(),
              theirs.submitsText(),
              ours.submitsText(),
              theirs.calls() + " / " + ours.calls());
        }
      }
    }
    return table;
  }

  private Seen theirs(HumanPace pace, int length) throws InterruptedException {
    var programs = new TheirPrograms(pace, length, model);
    try (programs) {
      pace.run(programs);
    }
    return new Seen(programs.held(), programs.submits(), programs.calls());
  }

  private Seen ours(BenchmarkPipeline pipeline, HumanPace pace, int length)
      throws InterruptedException {
    var held = new Histogram(LONGEST_NANOS, 3);
    try (var prompts =
        new LongPrompts(
            pipeline.kafka(),
            pipeline.topics().fragments(),
            pipeline.clock(),
            people,
            length,
            Mode.LIVE)) {
      for (int person = 0; person < people; person++) prompts.append(person, pace.begun(person));
      Thread.sleep(model.plus(SETTLING));
      pipeline.clock().take();
      long before = pipeline.modelCalls();
      pace.run(
          new HumanPace.Program() {
            @Override
            public void key(int person, String key, long dueNanos) {
              prompts.append(person, key);
              HumanSpeeds.record(held, dueNanos);
            }

            @Override
            public void submit(int person, long dueNanos) {
              prompts.submit(person, dueNanos);
            }
          });
      pipeline.awaitAnswers(LONGEST_TAIL);
      var called = pipeline.clock().take().sinceSubmit().get(Place.MODEL_CALLED);
      if (called == null) throw new IllegalStateException("no turn was answered");
      return new Seen(held, called, pipeline.modelCalls() - before);
    }
  }
}
