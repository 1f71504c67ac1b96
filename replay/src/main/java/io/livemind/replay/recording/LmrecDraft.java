package io.livemind.replay.recording;

import static io.livemind.replay.recording.LmrecFormat.ANSWER;
import static io.livemind.replay.recording.LmrecFormat.BOUNDARY;
import static io.livemind.replay.recording.LmrecFormat.EDITED;
import static io.livemind.replay.recording.LmrecFormat.ERROR;
import static io.livemind.replay.recording.LmrecFormat.INFERENCE;
import static io.livemind.replay.recording.LmrecFormat.SEGMENT;
import static io.livemind.replay.recording.LmrecFormat.SUBMIT;
import static io.livemind.replay.recording.LmrecFormat.TURN;
import static io.livemind.replay.recording.LmrecFormat.TYPED;

import io.livemind.replay.recording.Recording.Question;
import io.livemind.replay.recording.Recording.Turn;
import io.livemind.replay.recording.TypingEvent.Bounded;
import io.livemind.replay.recording.TypingEvent.Edited;
import io.livemind.replay.recording.TypingEvent.Submitted;
import io.livemind.replay.recording.TypingEvent.Typed;
import io.livemind.schemas.TextHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A recording while its event lines are read. Whatever is wrong is an {@code
 * IllegalArgumentException} at the line where it shows.
 *
 * <p>Threading: one thread at a time.
 */
final class LmrecDraft {
  private static final Set<String> EDIT = Set.of("position", "deletedLength", "text");
  private static final Set<String> SEGMENT_FIELDS = Set.of("arm", "text");
  private static final Set<String> ERROR_FIELDS = Set.of("arm", "code");
  private static final Set<String> REPLY =
      Set.of("arm", "text", "promptTokens", "completionTokens");
  private static final Set<String> ANSWER_REPLY =
      Set.of("arm", "text", "promptTokens", "completionTokens", "figures");
  private static final Set<String> FIGURES =
      Set.of("latencySeconds", "generationSeconds", "overheadSeconds", "correct");

  private final String id;
  private final String title;
  private final String language;
  private final List<Turn> turns = new ArrayList<>();
  private Optional<OpenTurn> open = Optional.empty();

  LmrecDraft(String id, String title, String language) {
    this.id = id;
    this.title = title;
    this.language = language;
  }

  /** Takes the next event line: {@code [seconds, code, data]}. */
  void take(JsonLine line) {
    List<JsonLine> parts = line.elements();
    if (parts.size() != 3)
      throw new IllegalArgumentException("an event must have 3 elements, has " + parts.size());
    String code = parts.get(1).text();
    if (code.equals(TURN)) {
      closeTurn();
      open = Optional.of(new OpenTurn(parts.get(0).seconds(), question(parts.get(2))));
      return;
    }
    OpenTurn turn =
        open.orElseThrow(() -> new IllegalArgumentException("a turn event must come first"));
    switch (code) {
      case TYPED, EDITED, BOUNDARY, SUBMIT ->
          turn.type(typing(parts.get(0).seconds(), code, parts.get(2), turn));
      case SEGMENT, INFERENCE, ANSWER, ERROR ->
          turn.output(moment(parts.get(0)), code, parts.get(2));
      default ->
          throw new IllegalArgumentException("the event's code is unknown to format version 1");
    }
  }

  /** The recording; all lines have been taken. */
  Recording finish() {
    closeTurn();
    return new Recording(id, title, language, turns);
  }

  private void closeTurn() {
    open.ifPresent(turn -> turns.add(turn.close()));
    open = Optional.empty();
  }

  private static OptionalDouble moment(JsonLine seconds) {
    return seconds.node().isNull() ? OptionalDouble.empty() : OptionalDouble.of(seconds.seconds());
  }

  private static Optional<Question> question(JsonLine data) {
    data.only(Set.of("category", "answerLetter"));
    return data.optional("category")
        .map(category -> new Question(category.text(), data.field("answerLetter").text()));
  }

  private static TypingEvent typing(double seconds, String code, JsonLine data, OpenTurn turn) {
    return switch (code) {
      case TYPED -> new Typed(seconds, data.text());
      case EDITED -> {
        data.only(EDIT);
        yield new Edited(
            seconds,
            data.field("position").integer(),
            data.field("deletedLength").integer(),
            data.field("text").text());
      }
      case BOUNDARY -> {
        if (!data.node().isNull()) throw data.wrong("null");
        yield new Bounded(seconds);
      }
      default -> submit(seconds, data, turn.text.text());
    };
  }

  private static Submitted submit(double seconds, JsonLine data, String prompt) {
    data.only(Set.of("length", "hash"));
    boolean same =
        data.field("length").integer() == prompt.length()
            && data.field("hash").text().equals(LmrecFormat.hex(TextHash.of(prompt)));
    if (!same)
      throw new IllegalArgumentException(
          "length and hash of the submit are not those of the typed text: events are missing or"
              + " changed");
    return new Submitted(seconds);
  }

  /** One turn while its lines are read. */
  private static final class OpenTurn {
    private final double pauseSeconds;
    private final Optional<Question> question;
    private final List<TypingEvent> typing = new ArrayList<>();
    private final TypedText text = new TypedText();
    private final Map<String, List<ModelReply>> inferences = new HashMap<>();
    private final Map<String, List<RecordedSegment>> segments = new HashMap<>();
    private final Map<String, ArmOutputs> outputs = new HashMap<>();
    private final Map<String, RecordedError> errors = new HashMap<>();

    OpenTurn(double pauseSeconds, Optional<Question> question) {
      this.pauseSeconds = pauseSeconds;
      this.question = question;
    }

    void type(TypingEvent event) {
      text.apply(event);
      typing.add(event);
    }

    void output(OptionalDouble moment, String code, JsonLine data) {
      String arm = data.field("arm").text();
      if (outputs.containsKey(arm) || errors.containsKey(arm))
        throw new IllegalArgumentException("nothing may follow the answer or error of an arm");
      switch (code) {
        case SEGMENT -> {
          data.only(SEGMENT_FIELDS);
          var segment = new RecordedSegment(moment, data.field("text").text());
          segments.computeIfAbsent(arm, ignored -> new ArrayList<>()).add(segment);
        }
        case INFERENCE -> {
          data.only(REPLY);
          inferences.computeIfAbsent(arm, ignored -> new ArrayList<>()).add(reply(moment, data));
        }
        case ERROR -> {
          data.only(ERROR_FIELDS);
          errors.put(arm, new RecordedError(moment, data.field("code").text()));
        }
        default -> {
          data.only(ANSWER_REPLY);
          var figures = data.optional("figures").map(OpenTurn::figures);
          List<ModelReply> before = inferences.getOrDefault(arm, List.of());
          List<RecordedSegment> cut = segments.getOrDefault(arm, List.of());
          outputs.put(arm, new ArmOutputs(before, reply(moment, data), figures, cut));
        }
      }
    }

    private static ModelReply reply(OptionalDouble moment, JsonLine data) {
      return new ModelReply(
          data.optional("text").map(JsonLine::text),
          data.field("promptTokens").integer(),
          data.field("completionTokens").integer(),
          moment);
    }

    Turn close() {
      for (Set<String> begun : List.of(inferences.keySet(), segments.keySet()))
        if (!begun.stream().allMatch(arm -> outputs.containsKey(arm) || errors.containsKey(arm)))
          throw new IllegalArgumentException(
              "an arm of the turn has segments or inferences, and neither answer nor error");
      return new Turn(pauseSeconds, typing, question, outputs, errors);
    }

    private static RecordedFigures figures(JsonLine data) {
      data.only(FIGURES);
      return new RecordedFigures(
          data.field("latencySeconds").seconds(),
          data.field("generationSeconds").seconds(),
          data.field("overheadSeconds").seconds(),
          data.optional("correct").map(JsonLine::truth));
    }
  }
}
