package io.livemind.replay.recording;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A file with recordings in any format that is known; its first good line tells which one. */
public final class RecordingFile {
  private static final String UNKNOWN =
      "the format is unknown: the first line must be an lmrec header or a question of the"
          + " published results";

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
   * @throws RecordingException if the file cannot be opened, or nothing in it can be read
   */
  public static List<Recording> read(Path path, Consumer<RecordingException> bad) {
    try (Lines lines = Lines.open(path)) {
      return read(lines, bad);
    }
  }

  private static List<Recording> read(Lines lines, Consumer<RecordingException> bad) {
    var told = new AtomicInteger();
    Consumer<RecordingException> counted =
        problem -> {
          told.incrementAndGet();
          bad.accept(problem);
        };
    for (var line = lines.nextGood(counted); line.isPresent(); line = lines.nextGood(counted)) {
      Optional<JsonNode> node = json(lines, line.get(), counted);
      if (node.isEmpty()) continue;
      if (node.get().has("question_id")) return ResearchImporter.read(lines, line, bad);
      if (node.get().has(LmrecFormat.VERSION_KEY)) return LmrecReader.read(lines, line, bad);
      boolean eventOfOneThatWasTold = node.get().isArray() && told.get() > 0;
      if (!eventOfOneThatWasTold) counted.accept(lines.bad(UNKNOWN));
    }
    throw lines.bad(told.get() == 0 ? "the file is empty" : "the file holds no recording");
  }

  private static Optional<JsonNode> json(
      Lines lines, String line, Consumer<RecordingException> bad) {
    try {
      return Optional.of(JsonLine.parse(line).node());
    } catch (IllegalArgumentException e) {
      bad.accept(lines.bad(String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }
}
