package io.livemind.replay.importing;

import io.livemind.replay.recording.ArmOutputs;
import io.livemind.replay.recording.JsonLine;
import io.livemind.replay.recording.Lines;
import io.livemind.replay.recording.ModelReply;
import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.Recording.Turn;
import io.livemind.replay.recording.RecordingException;
import io.livemind.replay.recording.TokenEstimate;
import io.livemind.replay.recording.TypingEvent;
import io.livemind.replay.recording.TypingStyle;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes recordings of a chat log: JSON lines, plain or gzip, each a message with {@code session},
 * {@code at} (seconds since the epoch, or a time as 2026-01-31T12:00:00Z), {@code role} ({@code
 * user} or {@code assistant}; {@code system} is passed over) and {@code content}. Messages of a
 * session are in order of time.
 *
 * <p>A message of the user is a turn, typed so that it is submitted at its time, faster than the
 * typing model says where the time since the message before is too short. The answer is that of the
 * arm {@value #ARM}; its tokens are estimated.
 */
public final class ChatLogImporter {
  /** Nothing is known of any thinking. */
  static final String ARM = "conventional";

  private static final double MILLIS = 1_000;

  private ChatLogImporter() {}

  /**
   * All sessions of a log, in the order of their first messages; at least one.
   *
   * @param bad is told of each line that is wrong, and may throw
   * @throws RecordingException if the file cannot be opened, or holds no message of a user
   */
  public static List<Recording> read(
      Path file, TypingModel typing, Consumer<RecordingException> bad) {
    Map<String, Chat> chats = new LinkedHashMap<>();
    try (Lines lines = Lines.open(file)) {
      Optional<String> line = lines.nextGood(bad);
      while (line.isPresent()) {
        try {
          take(JsonLine.parse(line.get()), chats, typing);
        } catch (IllegalArgumentException e) {
          bad.accept(lines.bad(String.valueOf(e.getMessage())));
        }
        line = lines.nextGood(bad);
      }
      List<Recording> recordings =
          chats.entrySet().stream()
              .filter(chat -> !chat.getValue().turns.isEmpty())
              .map(chat -> chat.getValue().recording(chat.getKey()))
              .toList();
      if (recordings.isEmpty()) throw lines.bad("the file holds no message of a user");
      return recordings;
    }
  }

  private static void take(JsonLine line, Map<String, Chat> chats, TypingModel typing) {
    String session = line.field("session").text();
    double at = seconds(line.field("at"));
    String content = line.field("content").text();
    String role = line.field("role").text();
    if (content.isBlank()) throw new IllegalArgumentException("content must not be blank");
    switch (role) {
      case "user", "assistant" -> {
        Chat chat = chats.computeIfAbsent(session, ignored -> new Chat(typing));
        if (role.equals("user")) chat.asked(content, at);
        else chat.answered(content, at);
      }
      case "system" -> {}
      default -> throw new IllegalArgumentException("role must be user, assistant or system");
    }
  }

  private static double seconds(JsonLine at) {
    if (!at.node().isTextual()) return at.seconds();
    try {
      return Instant.parse(at.text()).toEpochMilli() / MILLIS;
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "at must be seconds since the epoch, or a time as 2026-01-31T12:00:00Z", e);
    }
  }

  /** One session while its messages are read. */
  private static final class Chat {
    private final TypingModel typing;
    private final List<Turn> turns = new ArrayList<>();
    private String title = "";
    private boolean answered;
    private double lastSeconds = Double.NEGATIVE_INFINITY;

    Chat(TypingModel typing) {
      this.typing = typing;
    }

    void asked(String content, double at) {
      checkTime(at);
      if (turns.isEmpty()) title = PromptImporter.title(content);
      double room = turns.isEmpty() ? Double.POSITIVE_INFINITY : at - lastSeconds;
      var typed = new Turn(0, typing.type(content, turns.size()), Optional.empty(), Map.of());
      List<TypingEvent> events =
          typed.typingSeconds() <= room ? typed.typing() : squeezed(typed, room);
      double pause = turns.isEmpty() ? 0 : Math.max(0, room - events.getLast().seconds());
      turns.add(new Turn(pause, events, Optional.empty(), Map.of()));
      lastSeconds = at;
      answered = false;
    }

    void answered(String content, double at) {
      checkTime(at);
      if (turns.isEmpty() || answered)
        throw new IllegalArgumentException("an assistant must answer a message of the user");
      Turn asked = turns.removeLast();
      var answer =
          ModelReply.of(content, TokenEstimate.of(asked.prompt()), TokenEstimate.of(content))
              .at(asked.typingSeconds() + at - lastSeconds);
      turns.add(
          new Turn(
              asked.pauseSeconds(),
              asked.typing(),
              Optional.empty(),
              Map.of(ARM, new ArmOutputs(List.of(), answer, Optional.empty()))));
      lastSeconds = at;
      answered = true;
    }

    Recording recording(String session) {
      return new Recording(session, title, "und", turns);
    }

    private void checkTime(double at) {
      if (at < lastSeconds)
        throw new IllegalArgumentException("time must not go back within a session");
    }

    /** Typed as fast as the time allows; pasted where there was none. */
    private static List<TypingEvent> squeezed(Turn turn, double room) {
      var recording = new Recording("squeezed", "squeezed", "und", List.of(turn));
      int characters = turn.prompt().codePointCount(0, turn.prompt().length());
      TypingStyle style = room > 0 ? TypingStyle.at(characters * 60 / room) : TypingStyle.paste();
      return style.of(recording).turns().getFirst().typing();
    }
  }
}
