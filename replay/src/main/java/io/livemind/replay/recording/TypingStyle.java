package io.livemind.replay.recording;

import io.livemind.replay.recording.Recording.Turn;
import io.livemind.replay.recording.TypingEvent.Bounded;
import io.livemind.replay.recording.TypingEvent.Edited;
import io.livemind.replay.recording.TypingEvent.Submitted;
import io.livemind.replay.recording.TypingEvent.Typed;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How an arm has prompts typed, where that is not as they were recorded. The text stays the same.
 *
 * @param charactersPerMinute mean pace of each turn, pauses included; empty: as recorded
 * @param pasted whether the whole prompt arrives at once, in one fragment
 * @param pauseBeforeEnterSeconds between the last key and the submit; empty: as recorded
 */
public record TypingStyle(
    OptionalDouble charactersPerMinute, boolean pasted, OptionalDouble pauseBeforeEnterSeconds) {
  /** Nothing is changed. */
  public static final TypingStyle AS_RECORDED =
      new TypingStyle(OptionalDouble.empty(), false, OptionalDouble.empty());

  private static final double SECONDS_PER_MINUTE = 60;

  public TypingStyle {
    if (charactersPerMinute.isPresent() && !(charactersPerMinute.getAsDouble() > 0))
      throw new IllegalArgumentException(
          "charactersPerMinute must be more than 0, but is " + charactersPerMinute.getAsDouble());
    if (pasted && charactersPerMinute.isPresent())
      throw new IllegalArgumentException(
          "what is pasted has no charactersPerMinute: leave one out");
    if (pauseBeforeEnterSeconds.isPresent() && !(pauseBeforeEnterSeconds.getAsDouble() >= 0))
      throw new IllegalArgumentException(
          "the pause before Enter must be 0 s or more, but is "
              + pauseBeforeEnterSeconds.getAsDouble());
  }

  /** At this pace. */
  public static TypingStyle at(double charactersPerMinute) {
    return new TypingStyle(OptionalDouble.of(charactersPerMinute), false, OptionalDouble.empty());
  }

  /** All at once. */
  public static TypingStyle paste() {
    return new TypingStyle(OptionalDouble.empty(), true, OptionalDouble.empty());
  }

  /** The same with this pause between the last key and the submit. */
  public TypingStyle enterAfter(double seconds) {
    return new TypingStyle(charactersPerMinute, pasted, OptionalDouble.of(seconds));
  }

  /** The recording, typed like this. */
  public Recording of(Recording recording) {
    if (equals(AS_RECORDED)) return recording;
    return recording.with(recording.turns().stream().map(this::of).toList());
  }

  private Turn of(Turn turn) {
    List<TypingEvent> typing = pasted ? pasted(turn) : paced(turn);
    return turn.typed(entered(typing));
  }

  private static List<TypingEvent> pasted(Turn turn) {
    return List.of(new Typed(0, turn.prompt()), new Submitted(0));
  }

  private List<TypingEvent> paced(Turn turn) {
    if (charactersPerMinute.isEmpty() || turn.typingSeconds() == 0) return turn.typing();
    String prompt = turn.prompt();
    double wanted =
        prompt.codePointCount(0, prompt.length())
            * SECONDS_PER_MINUTE
            / charactersPerMinute.getAsDouble();
    double factor = wanted / turn.typingSeconds();
    return turn.typing().stream().map(event -> at(event, event.seconds() * factor)).toList();
  }

  private List<TypingEvent> entered(List<TypingEvent> typing) {
    if (pauseBeforeEnterSeconds.isEmpty()) return typing;
    var entered = new ArrayList<TypingEvent>(typing.subList(0, typing.size() - 1));
    double last = entered.isEmpty() ? 0 : entered.getLast().seconds();
    entered.add(new Submitted(last + pauseBeforeEnterSeconds.getAsDouble()));
    return entered;
  }

  private static TypingEvent at(TypingEvent event, double seconds) {
    return switch (event) {
      case Typed typed -> new Typed(seconds, typed.text());
      case Edited edited ->
          new Edited(seconds, edited.position(), edited.deletedLength(), edited.text());
      case Bounded ignored -> new Bounded(seconds);
      case Submitted ignored -> new Submitted(seconds);
    };
  }
}
