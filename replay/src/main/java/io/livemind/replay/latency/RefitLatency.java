package io.livemind.replay.latency;

import io.livemind.replay.latency.LatencyFit.Sample;
import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.RecordingException;
import io.livemind.replay.recording.RecordingFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Fits the constants of every arm of a file again and prints them with their median error, one arm
 * a line: so the constants of {@link ArmLatency} were made. With {@code --means} it prints the
 * means of calls instead, in ten groups from the shortest replies to the longest, and with {@code
 * --typical} the middle call of each group.
 */
public final class RefitLatency {
  static final int GROUPS = 10;

  private RefitLatency() {}

  /** A sample for each group of samples. */
  @FunctionalInterface
  interface Grouping {
    List<Sample> of(List<Sample> samples, int groups);
  }

  /**
   * {@code RefitLatency [--means|--typical] FILE}; exit code 2 if called otherwise, or it cannot be
   * read.
   */
  public static void main(String[] arguments) {
    String wanted = arguments.length == 2 ? arguments[0] : "";
    boolean known = wanted.equals("--means") || wanted.equals("--typical");
    if (!known && arguments.length != 1) {
      System.err.println("usage: RefitLatency [--means|--typical] FILE");
      System.exit(2);
    }
    try {
      List<Recording> recordings = RecordingFile.read(Path.of(arguments[arguments.length - 1]));
      System.out.print(
          switch (wanted) {
            case "--means" -> groups(recordings, TimedCalls::means);
            case "--typical" -> groups(recordings, TimedCalls::typical);
            default -> report(recordings);
          });
    } catch (RecordingException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  /** A line for each arm. */
  static String report(List<Recording> recordings) {
    var text = new StringBuilder();
    for (String arm : arms(recordings))
      LatencyFit.ofArm(recordings, arm)
          .ifPresent(latency -> text.append(line(arm, latency, TimedCalls.of(recordings, arm))));
    return text.toString();
  }

  private static String line(String arm, ArmLatency latency, TimedCalls calls) {
    return "%s: inference %s, answer %s, median error %s s%n"
        .formatted(
            arm,
            format(latency.inference()),
            format(latency.answer()),
            String.format(Locale.ROOT, "%.4f", calls.medianErrorSeconds(latency)));
  }

  /**
   * Arm, kind, calls, prompt tokens, reply tokens and seconds of a sample, a line for each group.
   */
  static String groups(List<Recording> recordings, Grouping grouping) {
    var text = new StringBuilder();
    for (String arm : arms(recordings)) {
      TimedCalls calls = TimedCalls.of(recordings, arm);
      for (Sample one : grouping.of(calls.inferences(), GROUPS))
        text.append(line(arm, "inference", one));
      for (Sample one : grouping.of(calls.answers(), GROUPS)) text.append(line(arm, "answer", one));
    }
    return text.toString();
  }

  private static String line(String arm, String kind, Sample mean) {
    return String.format(
        Locale.ROOT,
        "%s %s %.2f %.1f %.1f %.3f%n",
        arm,
        kind,
        mean.calls(),
        mean.promptTokens(),
        mean.completionTokens(),
        mean.seconds());
  }

  private static TreeSet<String> arms(List<Recording> recordings) {
    var arms = new TreeSet<String>();
    for (Recording recording : recordings)
      recording.turns().forEach(turn -> arms.addAll(turn.outputs().keySet()));
    return arms;
  }

  private static String format(LatencyConstants constants) {
    return String.format(
        Locale.ROOT,
        "a=%.6f b=%.8f c=%.8f",
        constants.overheadSeconds(),
        constants.secondsPerPromptToken(),
        constants.secondsPerCompletionToken());
  }
}
