package io.livemind.replay.latency;

import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.RecordingException;
import io.livemind.replay.recording.RecordingFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Fits the constants of every arm of a file again and prints them, one arm a line: so the constants
 * of {@link ArmLatency} were made, and so they can be checked.
 */
public final class RefitLatency {
  private RefitLatency() {}

  /** {@code RefitLatency FILE}; exit code 2 if there is not one file, or it cannot be read. */
  public static void main(String[] arguments) {
    if (arguments.length != 1) {
      System.err.println("usage: RefitLatency FILE");
      System.exit(2);
    }
    try {
      System.out.print(report(RecordingFile.read(Path.of(arguments[0]))));
    } catch (RecordingException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  /** A line for each arm. */
  static String report(List<Recording> recordings) {
    var arms = new TreeSet<String>();
    for (Recording recording : recordings)
      recording.turns().forEach(turn -> arms.addAll(turn.outputs().keySet()));
    var text = new StringBuilder();
    for (String arm : arms)
      LatencyFit.ofArm(recordings, arm)
          .ifPresent(
              latency ->
                  text.append(arm)
                      .append(": inference ")
                      .append(format(latency.inference()))
                      .append(", answer ")
                      .append(format(latency.answer()))
                      .append('\n'));
    return text.toString();
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
