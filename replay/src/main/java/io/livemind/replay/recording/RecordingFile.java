package io.livemind.replay.recording;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A file with recordings in any format that is known; which one is told by its first line. */
public final class RecordingFile {
  private RecordingFile() {}

  /**
   * All recordings of a file, plain or gzip, in its order; at least one.
   *
   * @throws RecordingException naming file, line and reason if it cannot be read or anything in it
   *     is wrong
   */
  public static List<Recording> read(Path path) {
    return read(
        path,
        problem -> {
          throw problem;
        });
  }

  /**
   * All recordings of a file that can be read; at least one.
   *
   * @param bad is told of each that cannot, and may throw
   * @throws RecordingException if the file cannot be opened, its format is unknown, or nothing in
   *     it can be read
   */
  public static List<Recording> read(Path path, Consumer<RecordingException> bad) {
    try (Lines lines = Lines.open(path)) {
      Optional<String> first = lines.next();
      return isResearch(lines, first)
          ? ResearchImporter.read(lines, first, bad)
          : LmrecReader.read(lines, first, bad);
    }
  }

  private static boolean isResearch(Lines lines, Optional<String> first) {
    if (first.isEmpty()) throw lines.bad("the file is empty");
    try {
      var node = JsonLine.parse(first.get()).node();
      if (node.has("question_id")) return true;
      if (node.has(LmrecFormat.VERSION_KEY)) return false;
    } catch (IllegalArgumentException e) {
      throw lines.bad(String.valueOf(e.getMessage()));
    }
    throw lines.bad(
        "the format is unknown: the first line must be an lmrec header or a question of the"
            + " published results");
  }
}
