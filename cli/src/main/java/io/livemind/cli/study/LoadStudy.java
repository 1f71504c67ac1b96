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
import io.livemind.replay.report.ReplayReport;
import io.livemind.schemas.avro.OnSubmit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  /** Of a turn, for those who type. */
  private static final double DEADLINE_SECONDS = 600;

  /** Before the first key of a run, and between the last deadline and its end; real time. */
  private static final double AROUND_SECONDS = 30;

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
  private final List<LoadRun> runs = new ArrayList<>();

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
   * Plays every load in all arms.
   *
   * @param told is told how long it takes, and of each run
   */
  void run(Consumer<String> told) throws InterruptedException {
    List<Arm> arms = List.of(LIVE, LIVE_LENGTH, CONVENTIONAL_LENGTH, CONVENTIONAL);
    double longest = (WINDOW_SECONDS + DEADLINE_SECONDS) / speed + AROUND_SECONDS;
    int all = people.size() * arms.size();
    told.accept(
        format("%d runs, each at most %.0f s: %.0f minutes", all, longest, all * longest / 60));
    for (int load : people)
      for (Arm arm : arms) {
        told.accept(load + " people, " + arm.name());
        ReplayReport report = play(load, arm);
        if (interruption.requested()) return;
        LoadRun.of(load, report, DEADLINE_SECONDS).ifPresent(runs::add);
      }
  }

  /** At which loads thinking ahead made answers later; empty if at none, as it must be. */
  List<String> slower() {
    return LoadRun.slower(runs, LIVE.name(), CONVENTIONAL.name());
  }

  private ReplayReport play(int load, Arm arm) throws InterruptedException {
    List<Recording> sample = sample(load);
    Duration window = Duration.ofMillis(Math.round(WINDOW_SECONDS * 1_000 / speed));
    Arm limited =
        arm.changing(
            options -> options.setTurnDeadlineMillis((int) (DEADLINE_SECONDS * 1_000 / speed)));
    Experiment experiment =
        Experiment.of(sample, List.of(limited), speed, speed, new Starts.Within(window), true);
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
    for (LoadRun run : runs)
      text.append(
          format(
              "| %d | %s | %d | %d | %.2f | %.2f | %.2f | %.1f |%n",
              run.people(),
              run.arm(),
              run.latency().count(),
              run.failed(),
              run.latency().meanSeconds(),
              run.latency().p50Seconds(),
              run.latency().p95Seconds(),
              run.inferences()));
    return text.append('\n').append(told()).toString();
  }

  String svg() {
    var chart = new SvgChart("From submit to the end of the answer, by people who type", "s");
    for (LoadRun run : shown()) {
      String place = Integer.toString(run.people());
      chart.add(run.arm() + ", mean", place, run.latency().meanSeconds());
      chart.add(run.arm() + ", p95", place, run.latency().p95Seconds());
    }
    return chart.svg();
  }

  private String told() {
    return verdict() + failures() + setting();
  }

  private String verdict() {
    List<String> slower = slower();
    return slower.isEmpty()
        ? "* Live was at none of these loads slower than conventional, in mean and p95.\n"
        : "* Live was slower than conventional: " + String.join("; ", slower) + ".\n";
  }

  private String failures() {
    List<String> failed =
        runs.stream()
            .filter(run -> run.failed() > 0)
            .map(run -> run.people() + " people, " + run.arm() + ": " + run.failures())
            .toList();
    if (failed.isEmpty()) return "";
    return format(
        "* Who got no answer is counted as having waited until the deadline of the turn, %.0f s, in"
            + " mean, p50 and p95 (%s). `turn_deadline`: no answer by then. `attempts_exhausted`:"
            + " all places were taken for so long that nobody claimed the answer's task in any of"
            + " its five attempts, of 10 s each in real time, %.0f s for those who type; more people"
            + " than that are told to ask again.%n",
        DEADLINE_SECONDS, String.join("; ", failed), 10 * speed);
  }

  private String setting() {
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

  /** Without the extremes, which would be lines over lines. */
  private List<LoadRun> shown() {
    return runs.stream()
        .filter(run -> List.of(LIVE.name(), CONVENTIONAL.name()).contains(run.arm()))
        .toList();
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
