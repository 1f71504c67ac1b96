package io.livemind.replay.recording;

import static io.livemind.replay.recording.LmrecFormat.VERSION;
import static io.livemind.replay.recording.LmrecFormat.VERSION_KEY;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the project's own format: one or more recordings, each a header line and its events.
 *
 * <p>Threading: stateless.
 */
public final class LmrecReader {
  private static final Set<String> HEADER = Set.of(VERSION_KEY, "id", "title", "language");

  private LmrecReader() {}

  /**
   * All recordings of a file, plain or gzip.
   *
   * @throws RecordingException naming file, line and reason if anything in it is wrong
   */
  public static List<Recording> read(Path path) {
    try (Lines lines = Lines.open(path)) {
      return read(lines, lines.next());
    }
  }

  /**
   * All recordings of a stream, which is read to its end and closed.
   *
   * @param name the name that errors tell
   */
  public static List<Recording> read(String name, InputStream bytes) {
    try (Lines lines = Lines.of(name, bytes)) {
      return read(lines, lines.next());
    }
  }

  /** Reads on from a line that was taken already. */
  static List<Recording> read(Lines lines, Optional<String> first) {
    var recordings = new ArrayList<Recording>();
    var draft = Optional.<LmrecDraft>empty();
    try {
      for (var line = first; line.isPresent(); line = lines.next()) {
        JsonLine json = JsonLine.parse(line.get());
        if (json.node().isObject()) {
          LmrecDraft next = header(json);
          draft.map(LmrecDraft::finish).ifPresent(recordings::add);
          draft = Optional.of(next);
        } else {
          draft
              .orElseThrow(() -> new IllegalArgumentException("the first line must be a header"))
              .take(json);
        }
      }
      draft.map(LmrecDraft::finish).ifPresent(recordings::add);
    } catch (IllegalArgumentException e) {
      throw lines.bad(String.valueOf(e.getMessage()));
    }
    if (recordings.isEmpty()) throw lines.bad("the file holds no recording");
    return recordings;
  }

  private static LmrecDraft header(JsonLine json) {
    int version = json.field(VERSION_KEY).integer();
    if (version != VERSION)
      throw new IllegalArgumentException(
          "version " + version + " of the format is unknown: this release reads " + VERSION);
    json.only(HEADER);
    return new LmrecDraft(
        json.field("id").text(), json.field("title").text(), json.field("language").text());
  }
}
