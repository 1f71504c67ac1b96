package io.livemind.replay.recording;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A session with its timing: what was typed when, and what the models said.
 *
 * @param id names the recording; not the id of the sessions that replay it
 * @param title for people
 * @param language BCP 47 tag of the prompt's language; {@code und} where it is not known
 * @param turns at least one
 */
public record Recording(String id, String title, String language, List<Turn> turns) {
  /** Of an id, a title, a name. */
  static final int NAME_LIMIT = 200;

  public Recording {
    checkName("id", id);
    checkName("title", title);
    checkName("language", language);
    turns = List.copyOf(turns);
    if (turns.isEmpty()) throw new IllegalArgumentException("a recording must have a turn");
  }

  /**
   * One prompt and its answers.
   *
   * @param pauseSeconds between the end of the turn before and the start of this one
   * @param typing in order of time, ends with the submit
   * @param question what is known of the prompt as a test question, if it is one
   * @param outputs by the name of the recorded arm
   * @param errors by the name of the recorded arm, of arms in which the turn has no whole answer
   */
  public record Turn(
      double pauseSeconds,
      List<TypingEvent> typing,
      Optional<Question> question,
      Map<String, ArmOutputs> outputs,
      Map<String, RecordedError> errors) {
    public Turn {
      if (!Double.isFinite(pauseSeconds) || pauseSeconds < 0)
        throw new IllegalArgumentException("pause must be 0 s or more, is " + pauseSeconds);
      typing = List.copyOf(typing);
      outputs = Collections.unmodifiableMap(new TreeMap<>(outputs));
      errors = Collections.unmodifiableMap(new TreeMap<>(errors));
      if (errors.keySet().stream().anyMatch(outputs::containsKey))
        throw new IllegalArgumentException("an arm of a turn has an answer or an error, not both");
      var text = new TypedText();
      typing.forEach(text::apply);
      if (!text.submitted()) throw new IllegalArgumentException("a turn must end with a submit");
    }

    /** A turn without errors. */
    public Turn(
        double pauseSeconds,
        List<TypingEvent> typing,
        Optional<Question> question,
        Map<String, ArmOutputs> outputs) {
      this(pauseSeconds, typing, question, outputs, Map.of());
    }

    /** The same turn, typed otherwise. */
    public Turn typed(List<TypingEvent> events) {
      return new Turn(pauseSeconds, events, question, outputs, errors);
    }

    /** The whole prompt as it was submitted. */
    public String prompt() {
      var text = new TypedText();
      typing.forEach(text::apply);
      return text.text();
    }

    /**
     * What the models said in an arm.
     *
     * @throws IllegalArgumentException if the turn has no outputs of it
     */
    public ArmOutputs outputsOf(String arm) {
      ArmOutputs found = outputs.get(arm);
      if (found == null) throw new IllegalArgumentException("no outputs of the arm " + arm);
      return found;
    }

    /** From the turn's start to its submit, at the recorded speed. */
    public double typingSeconds() {
      return typing.getLast().seconds();
    }
  }

  /**
   * A multiple-choice question.
   *
   * @param category the field it belongs to
   * @param answerLetter of the right option
   */
  public record Question(String category, String answerLetter) {
    public Question {
      checkName("category", category);
      checkName("answer letter", answerLetter);
    }
  }

  /** The same recording with other turns. */
  public Recording with(List<Turn> others) {
    return new Recording(id, title, language, others);
  }

  /** Whether every turn has recorded outputs of this arm, so that it can be replayed. */
  public boolean has(String outputs) {
    return turns.stream().allMatch(turn -> turn.outputs().containsKey(outputs));
  }

  /** Whether anything is known of what models said. */
  public boolean hasOutputs() {
    return turns.stream().anyMatch(turn -> !turn.outputs().isEmpty());
  }

  private static void checkName(String what, String value) {
    if (value.isBlank() || value.length() > NAME_LIMIT)
      throw new IllegalArgumentException(
          what + " must have 1 to " + NAME_LIMIT + " characters, has " + value.length());
  }
}
