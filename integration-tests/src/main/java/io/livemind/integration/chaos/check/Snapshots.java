package io.livemind.integration.chaos.check;

import io.livemind.integration.chaos.history.Event;
import io.livemind.integration.chaos.history.History;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What clients showed that began with a snapshot, against the log. */
final class Snapshots {
  private static final String DELTA = "delta";

  private Snapshots() {}

  /**
   * G5: of an answer that was streamed when the snapshot was made, its pieces there and those that
   * follow are the answer from its first word on, without gap or repeat.
   */
  static List<String> notFromTheStart(History history) {
    Map<String, String> answers = new HashMap<>();
    Map<String, Map<String, String>> shown = new HashMap<>();
    List<String> violations = new ArrayList<>();
    for (Event event : history.events()) {
      switch (event) {
        case Event.Logged piece when piece.kind().equals(DELTA) ->
            answers.merge(piece.execution(), piece.text(), String::concat);
        case Event.Snapshot snapshot -> {
          if (snapshot.recovered()) shown.put(snapshot.session(), new HashMap<>(snapshot.pieces()));
          else shown.remove(snapshot.session());
        }
        case Event.Seen piece when piece.kind().equals(DELTA) ->
            shown
                .getOrDefault(piece.session(), new HashMap<>())
                .computeIfPresent(piece.execution(), (_, before) -> before + piece.text());
        default -> {}
      }
    }
    shown.forEach(
        (session, texts) ->
            texts.forEach(
                (execution, text) -> {
                  if (!answers.getOrDefault(execution, "").startsWith(text))
                    violations.add(
                        session + ": a snapshot and what followed it are not the answer");
                }));
    return violations;
  }
}
