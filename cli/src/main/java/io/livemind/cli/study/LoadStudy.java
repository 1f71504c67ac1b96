package io.livemind.cli.study;

import io.livemind.cli.Interruption;
import io.livemind.cli.experiment.Experiment;
import io.livemind.cli.experiment.Laboratory;
import io.livemind.cli.experiment.SimulatedModels;
import io.livemind.cli.experiment.Starts;
import io.livemind.cli.view.PlayView;
import io.livemind.replay.AnswerLength;
import io.livemind.replay.Arm;
import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.Sentences;
import io.livemind.replay.report.ArmFigures;
import io.livemind.replay.report.Distribution;
import io.livemind.replay.report.ReplayReport;
import io.livemind.schemas.avro.OnSubmit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Many people at one simulated replica: live against conventional, each on a replica of its own and
 * in a run of its own. Thinking is shed first where places run out, so live must at no load be
 * slower.
 */
final class LoadStudy {
  static final String NAME = "load";

  static final double SPEED = 8;

  private static final double LONGEST_SECONDS = 120;

  /** Of simulated time: about three prompts of each person. */
  private static final double WINDOW_SECONDS = 200;

  /** Assumed of an engine with one large model; the recordings ran one call at a time. */
  private static final int SEQUENCES = 16;

  private static final double LOAD_FACTOR = 2;
  private static final int FEWEST_SESSIONS = 8;

  private static final Arm LIVE =
      Arm.named("live-llm")
          .called("live")
          .onSubmit(OnSubmit.CANCEL)
          .changing(options -> options.setCoalesce(true))
          .answering(AnswerLength.BY_MEMORY);

  /** Its answers as long as the recorded ones, which had all the thinking, and as without any. */
  private static final Arm LIVE_LENGTH =
      LIVE.called("live, live length").answering(AnswerLength.RECORDED);

  private static final Arm CONVENTIONAL_LENGTH =
      LIVE.called("live, conventional length").answering(AnswerLength.CONVENTIONAL);

  private static final Arm CONVENTIONAL = Arm.named("baseline-llm").called("conventional");

  private final List<Recording> recordings;
  private final List<Integer> people;
  private final double speed;
  private final Interruption interruption;
  private final List<Row> rows = new ArrayList<>();

  /** One run. */
  private record Row(int people, String arm, ArmFigures figures) {}

  /**
   * @param recordings all that may be played
   * @param people who type at a time, a run for each number
   * @param speed of typing and models
   */
  LoadStudy(
      List<Recording> recordings, List<Integer> people, double speed, Interruption interruption) {
    this.recordings = recordings;
    this.people = List.copyOf(people);
    this.speed = speed;
    this.interruption = interruption;
  }

  /**
   * Plays every load in both arms.
   *
   * @param told is told of each run
   */
  void run(Consumer<String> told) throws InterruptedException {
    for (int load : people)
      for (Arm arm : List.of(LIVE, LIVE_LENGTH, CONVENTIONAL_LENGTH, CONVENTIONAL)) {
        if (interruption.requested()) return;
        told.accept(load + " people, " + arm.name());
        ArmFigures figures = play(load, arm).arms().getFirst();
        rows.add(new Row(load, arm.name(), figures));
      }
  }

  private ReplayReport play(int load, Arm arm) throws InterruptedException {
    List<Recording> sample = sample(load);
    Duration window = Duration.ofMillis(Math.round(WINDOW_SECONDS * 1_000 / speed));
    Experiment experiment =
        Experiment.of(sample, List.of(arm), speed, speed, new Starts.Within(window), true);
    SimulatedModels models = SimulatedModels.loaded(speed, SEQUENCES, LOAD_FACTOR);
    try (models) {
      return new Laboratory(models, interruption)
          .withPlaces(SEQUENCES)
          .run(experiment, experiment.plays(), PlayView.none(), List.of());
    }
  }

  /** As many prompts as so many people type one after the other in the window. */
  private List<Recording> sample(int load) {
    List<Recording> fit = Sample.of(recordings, Integer.MAX_VALUE, LONGEST_SECONDS);
    double mean =
        fit.stream().mapToDouble(one -> one.turns().getFirst().typingSeconds()).average().orElse(1);
    int sessions = Math.max(FEWEST_SESSIONS, (int) Math.round(load * WINDOW_SECONDS / mean));
    var sample = new ArrayList<Recording>();
    for (int i = 0; i < sessions; i++)
      sample.add(Sentences.of(fit.get((int) ((long) i * 7919 % fit.size()))));
    return sample;
  }

  String markdown(String command) {
    var text =
        new StringBuilder(
            StudyPage.head(
                "Many people at one replica",
                "How long does an answer take when more and more people type at a time and one"
                    + " simulated replica thinks and answers for all of them?",
                command));
    text.append("![Many people at one replica](load.svg)\n\n");
    text.append("| people | | sessions | failed | mean s | p50 s | p95 s | inferences |\n");
    text.append("|---:|---|---:|---:|---:|---:|---:|---:|\n");
    for (Row row : rows) {
      Optional<Distribution> latency = row.figures().latency();
      text.append(
          format(
              "| %d | %s | %d | %d | %s | %s | %s | %.1f |%n",
              row.people(),
              row.arm(),
              row.figures().sessions(),
              row.figures().failed(),
              seconds(latency.map(Distribution::meanSeconds)),
              seconds(latency.map(Distribution::p50Seconds)),
              seconds(latency.map(Distribution::p95Seconds)),
              row.figures().meanInferenceCalls()));
    }
    return text.append('\n').append(told()).toString();
  }

  String svg() {
    var chart = new SvgChart("From submit to the end of the answer, by people who type", "s");
    for (Row row : shown())
      row.figures()
          .latency()
          .ifPresent(
              latency -> {
                String place = Integer.toString(row.people());
                chart.add(row.arm() + ", mean", place, latency.meanSeconds() * speed);
                chart.add(row.arm() + ", p95", place, latency.p95Seconds() * speed);
              });
    return chart.svg();
  }

  private String told() {
    return format(
        "* Published recordings that were typed in %.0f s or less. Typing and models were %.0f times"
            + " as fast; seconds are the measured ones times %.0f. A fragment left with each"
            + " sentence, so that this machine bears the typing.%n"
            + "* The replica is simulated: the calibrated 70B model, %d calls at a time, the others"
            + " wait; a token takes %.0f times as long when all run as when one does. Both are"
            + " assumed.%n"
            + "* Live answers have the length that the thinking before them gives: between the"
            + " conventional and the recorded live length, by the share of sentences that were"
            + " read. Beside it both extremes, each in a run of its own: all answers of the recorded"
            + " live length, and all of the conventional one. No accuracy is claimed.%n"
            + "* Thinking is shed first: the fewer inferences, the more of it was.%n",
        LONGEST_SECONDS, speed, speed, SEQUENCES, LOAD_FACTOR);
  }

  private String seconds(Optional<Double> value) {
    return value.map(measured -> format("%.2f", measured * speed)).orElse("-");
  }

  /** Without the extremes, which would be lines over lines. */
  private List<Row> shown() {
    return rows.stream()
        .filter(row -> List.of(LIVE.name(), CONVENTIONAL.name()).contains(row.arm()))
        .toList();
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
