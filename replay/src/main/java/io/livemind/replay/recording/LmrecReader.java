package io.livemind.replay.recording;

import static io.livemind.replay.recording.LmrecFormat.VERSION;
import static io.livemind.replay.recording.LmrecFormat.VERSION_KEY;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads the project's own format: one or more recordings, each a header line and its events.
 *
 * <p>Threading: stateless.
 */
public final class LmrecReader {
  private static final Set<String> HEADER = Set.of(VERSION_KEY, "id", "title", "language");

  private static final Consumer<RecordingException> THROWING =
      problem -> {
        throw problem;
      };

  private LmrecReader() {}

  /**
   * All recordings of a file, plain or gzip.
   *
   * @throws RecordingException naming file, line and reason if anything in it is wrong
   */
  public static List<Recording> read(Path path) {
    try (Lines lines = Lines.open(path)) {
      return read(lines, lines.next(), THROWING);
    }
  }

  /**
   * All recordings of a stream, which is read to its end and closed.
   *
   * @param name the name that errors tell
   */
  public static List<Recording> read(String name, InputStream bytes) {
    try (Lines lines = Lines.of(name, bytes)) {
      return read(lines, lines.next(), THROWING);
    }
  }

  /**
   * Reads on from a line that was taken already. What is wrong costs the recording that it stands
   * in, and reading goes on with the next header.
   *
   * @param bad is told of each recording that is wrong, and may throw
   */
  static List<Recording> read(
      Lines lines, Optional<String> first, Consumer<RecordingException> bad) {
    var reading = new Reading(lines, bad);
    for (var line = first; line.isPresent(); line = lines.nextGood(reading::unreadable))
      reading.take(line.get());
    return reading.finish();
  }

  /** A file while it is read. */
  private static final class Reading {
    private final Lines lines;
    private final Consumer<RecordingException> bad;
    private final List<Recording> recordings = new ArrayList<>();
    private Optional<LmrecDraft> draft = Optional.empty();

    /** Whether lines are passed over, up to the next header. */
    private boolean passing;

    Reading(Lines lines, Consumer<RecordingException> bad) {
      this.lines = lines;
      this.bad = bad;
    }

    void take(String line) {
      attempt(
          () -> {
            JsonLine json = JsonLine.parse(line);
            if (json.node().isObject()) begin(json);
            else if (!passing) event(json);
          });
    }

    List<Recording> finish() {
      attempt(() -> draft.map(LmrecDraft::finish).ifPresent(recordings::add));
      if (recordings.isEmpty()) throw lines.bad("the file holds no recording");
      return recordings;
    }

    /** What is left of the recording that the line stands in is no longer whole. */
    void unreadable(RecordingException problem) {
      if (!passing) drop(problem);
    }

    private void begin(JsonLine json) {
      Optional<LmrecDraft> before = draft;
      draft = Optional.empty();
      passing = false;
      attempt(() -> draft = Optional.of(header(json)));
      try {
        before.map(LmrecDraft::finish).ifPresent(recordings::add);
      } catch (IllegalArgumentException e) {
        bad.accept(lines.bad(String.valueOf(e.getMessage())));
      }
    }

    private void event(JsonLine json) {
      draft
          .orElseThrow(() -> new IllegalArgumentException("the first line must be a header"))
          .take(json);
    }

    private void attempt(Runnable step) {
      try {
        step.run();
      } catch (IllegalArgumentException e) {
        drop(lines.bad(String.valueOf(e.getMessage())));
      }
    }

    private void drop(RecordingException problem) {
      draft = Optional.empty();
      passing = true;
      bad.accept(problem);
    }
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
