package io.livemind.replay.demo;

import io.livemind.replay.recording.ArmOutputs;
import io.livemind.replay.recording.ModelReply;
import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.Recording.Turn;
import io.livemind.replay.recording.ResearchImporter;
import io.livemind.replay.recording.TokenEstimate;
import io.livemind.replay.recording.TypedText;
import io.livemind.replay.recording.TypingEvent;
import io.livemind.replay.recording.TypingEvent.Edited;
import io.livemind.replay.recording.TypingEvent.Submitted;
import io.livemind.replay.recording.WordTyping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A readable script of a recording. Lines are {@code key: value}; what follows, indented by two
 * spaces, belongs to the value as further lines.
 *
 * <ul>
 *   <li>{@code id}, {@code title}, {@code language}: of the recording.
 *   <li>{@code == turn}: begins a turn; {@code pause}: seconds before it.
 *   <li>{@code type}: text typed at the end. {@code wait}: seconds without a key. {@code edit}:
 *       {@code "old" => "new"}, where the last such text gives way.
 *   <li>{@code thought}: reply to the next thinking call, {@code -} for a wait.
 *   <li>{@code live}, {@code collaborative}, {@code conventional}: the answers.
 * </ul>
 */
final class DemoScript {
  private static final WordTyping TYPING = new WordTyping(ResearchImporter.SECONDS_PER_CHARACTER);

  /** To put the cursor on earlier text. */
  private static final double SECONDS_TO_MOVE = 1;

  /** Tokens of a system prompt, about. */
  private static final int SYSTEM_TOKENS = 180;

  private final Map<String, String> head = new HashMap<>();
  private final List<Turn> turns = new ArrayList<>();
  private double pauseSeconds;
  private double seconds;
  private List<TypingEvent> typing = new ArrayList<>();
  private TypedText text = new TypedText();
  private List<String> thoughts = new ArrayList<>();
  private Map<String, String> answers = new HashMap<>();

  private DemoScript() {}

  static Recording read(String script) {
    var reader = new DemoScript();
    String entry = "";
    String blank = "";
    for (String line : script.lines().toList()) {
      if (line.startsWith("  ")) {
        entry += blank + "\n" + line.substring(2);
        blank = "";
      } else if (line.isBlank()) {
        blank += "\n";
      } else {
        reader.take(entry);
        entry = line;
        blank = "";
      }
    }
    reader.take(entry);
    reader.endTurn();
    var head = reader.head;
    return new Recording(
        head.getOrDefault("id", ""),
        head.getOrDefault("title", ""),
        head.getOrDefault("language", ""),
        reader.turns);
  }

  private void take(String entry) {
    if (entry.isEmpty()) return;
    if (entry.equals("== turn")) {
      endTurn();
      return;
    }
    String[] parts = entry.split(": ", 2);
    String value = parts[1];
    switch (parts[0]) {
      case "id", "title", "language" -> head.put(parts[0], value);
      case "pause" -> pauseSeconds = Double.parseDouble(value);
      case "wait" -> seconds += Double.parseDouble(value);
      case "type" -> type(value);
      case "edit" -> edit(value);
      case "thought" ->
          thoughts.add(value.equals("-") ? "action wait." : "action inference. " + value);
      case "live", "collaborative", "conventional" -> answers.put(parts[0], value);
      default -> throw new IllegalArgumentException("unknown key in a script: " + parts[0]);
    }
  }

  private void type(String typed) {
    TYPING.type(typed, seconds).forEach(this::add);
    seconds += TYPING.secondsFor(typed);
  }

  private void edit(String change) {
    String[] parts = change.substring(1, change.length() - 1).split("\" => \"", -1);
    int position = text.text().lastIndexOf(parts[0]);
    if (position < 0) throw new IllegalArgumentException("nothing to edit: " + parts[0]);
    seconds += SECONDS_TO_MOVE + TYPING.secondsFor(parts[1]);
    add(new Edited(seconds, position, parts[0].length(), parts[1]));
  }

  private void add(TypingEvent event) {
    text.apply(event);
    typing.add(event);
  }

  private void endTurn() {
    if (typing.isEmpty()) return;
    add(new Submitted(seconds));
    turns.add(new Turn(pauseSeconds, typing, Optional.empty(), outputs()));
    pauseSeconds = 0;
    seconds = 0;
    typing = new ArrayList<>();
    text = new TypedText();
    thoughts = new ArrayList<>();
    answers = new HashMap<>();
  }

  private Map<String, ArmOutputs> outputs() {
    int prompt = TokenEstimate.of(text.text());
    var inferences = new ArrayList<ModelReply>();
    int memory = 0;
    for (int i = 0; i < thoughts.size(); i++) {
      int typed = prompt * (i + 1) / (thoughts.size() + 1);
      inferences.add(reply(thoughts.get(i), SYSTEM_TOKENS + typed + memory));
      memory += TokenEstimate.of(thoughts.get(i));
    }
    int live = SYSTEM_TOKENS + prompt + memory;
    return Map.of(
        "live", arm(inferences, "live", live),
        "collaborative", arm(inferences, "collaborative", live),
        "conventional", arm(List.of(), "conventional", SYSTEM_TOKENS + prompt));
  }

  private ArmOutputs arm(List<ModelReply> inferences, String name, int promptTokens) {
    String answer = answers.getOrDefault(name, "");
    return new ArmOutputs(inferences, reply(answer, promptTokens), Optional.empty());
  }

  private static ModelReply reply(String text, int promptTokens) {
    return ModelReply.of(text, promptTokens, TokenEstimate.of(text));
  }
}
