package io.livemind.replay.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The sessions of a report as comma-separated values (RFC 4180), a line each; what is not known is
 * empty.
 *
 * <p>Threading: stateless.
 */
public final class ReportCsv {
  private static final List<String> HEAD =
      List.of(
          "session_id",
          "recording",
          "title",
          "language",
          "arm",
          "prompt_length",
          "segments",
          "inference_calls",
          "recorded_calls",
          "first_token_s",
          "latency_s",
          "model_s",
          "overhead_s",
          "recorded_latency_s",
          "equal_to_recorded",
          "correct",
          "failure");

  private ReportCsv() {}

  /** A head, and a line for each session in the order of the plays. */
  public static String format(ReplayReport report) {
    var text = new StringBuilder(line(HEAD));
    report.sessions().forEach(session -> text.append(line(cells(session))));
    return text.toString();
  }

  private static List<String> cells(SessionFigures session) {
    var recording = session.play().recording();
    var cells = new ArrayList<String>();
    cells.add(session.play().sessionId());
    cells.add(recording.id());
    cells.add(recording.title());
    cells.add(recording.language());
    cells.add(session.play().arm().name());
    cells.add(Integer.toString(session.promptLength()));
    cells.add(Integer.toString(session.segments()));
    cells.add(Integer.toString(session.inferenceCalls()));
    cells.add(Integer.toString(session.recordedCalls()));
    cells.add(seconds(session.firstTokenSeconds()));
    cells.add(seconds(session.latencySeconds()));
    cells.add(seconds(session.modelSeconds()));
    cells.add(seconds(session.overheadSeconds()));
    cells.add(seconds(session.recordedLatencySeconds()));
    cells.add(
        session.play().recorded() ? Boolean.toString(session.result().equalToRecorded()) : "");
    cells.add(session.correct().map(String::valueOf).orElse(""));
    cells.add(session.result().failure().orElse(""));
    return cells;
  }

  private static String line(List<String> cells) {
    return String.join(",", cells.stream().map(ReportCsv::quoted).toList()) + "\r\n";
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  private static String seconds(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.6f", value.getAsDouble()) : "";
  }
}
