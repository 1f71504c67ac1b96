package io.livemind.replay.importing;

import io.livemind.replay.recording.Lines;
import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.Recording.Turn;
import io.livemind.replay.recording.RecordingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes a recording of each line of a text file, plain or gzip. Nobody has answered these prompts:
 * they are replayed against real models, or against simulated ones that say so.
 */
public final class PromptImporter {
  private static final int LONGEST_TITLE = 60;

  private PromptImporter() {}

  /**
   * All prompts of a file, in its order; at least one. Blank lines are passed over.
   *
   * @param bad is told of each line that cannot be read, and may throw
   * @throws RecordingException if the file cannot be opened, or holds no prompt
   */
  public static List<Recording> read(
      Path file, TypingModel typing, Consumer<RecordingException> bad) {
    var recordings = new ArrayList<Recording>();
    try (Lines lines = Lines.open(file)) {
      Optional<String> line = lines.nextGood(bad);
      while (line.isPresent()) {
        recordings.add(recording(line.get().strip(), lines.number(), typing));
        line = lines.nextGood(bad);
      }
      if (recordings.isEmpty()) throw lines.bad("the file holds no prompt");
    }
    return recordings;
  }

  private static Recording recording(String prompt, int number, TypingModel typing) {
    var turn = new Turn(0, typing.type(prompt, number), Optional.empty(), Map.of());
    return new Recording("prompt-" + number, title(prompt), "und", List.of(turn));
  }

  static String title(String prompt) {
    String line = prompt.replaceAll("\\p{Cntrl}+", " ").strip();
    if (line.isEmpty()) return "Prompt";
    if (line.codePointCount(0, line.length()) <= LONGEST_TITLE) return line;
    return line.substring(0, line.offsetByCodePoints(0, LONGEST_TITLE - 1)) + "…";
  }
}
