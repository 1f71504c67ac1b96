package io.livemind.cli.view;

import io.livemind.replay.Arm;
import io.livemind.replay.play.TurnResult;
import io.livemind.replay.recording.Recording;
import io.livemind.schemas.AnswerFold.Appended;
import io.livemind.schemas.AnswerFold.Change;
import io.livemind.schemas.AnswerFold.Ended;
import io.livemind.schemas.AnswerFold.Replaced;
import io.livemind.schemas.AnswerFold.Unchanged;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is shown of one recording: the prompt, the latest inference, and how far each arm is.
 *
 * <p>Threading: guarded by the view that owns it.
 */
final class Card {
  /** Longer texts are shown from their end; more need not be kept. */
  private static final int KEPT = 400;

  private final String title;
  private final String language;
  private final Map<String, Answer> answers = new TreeMap<>();
  private String prompt = "";
  private String inference = "";

  /** How far an arm is in the present turn. */
  static final class Answer {
    private final boolean live;
    private String state;
    private String text = "";
    private boolean ended;

    private Answer(boolean live) {
      this.live = live;
      this.state = waiting();
    }

    String state() {
      return state;
    }

    String text() {
      return text;
    }

    private String waiting() {
      return live ? "thinks along" : "waits for it all";
    }
  }

  Card(Recording recording) {
    title = Cells.plain(recording.title());
    language = Cells.plain(recording.language());
  }

  String title() {
    return title;
  }

  String language() {
    return language;
  }

  String prompt() {
    return prompt;
  }

  String inference() {
    return inference;
  }

  /** By the name of the arm. */
  Map<String, Answer> answers() {
    return answers;
  }

  /** Whether every session of the recording is over. */
  boolean ended() {
    return answers.values().stream().allMatch(answer -> answer.ended);
  }

  void started(Arm arm) {
    answers.put(arm.name(), new Answer(arm.live()));
  }

  void typed(Arm arm, String text) {
    Answer answer = answer(arm);
    if (answer.text.isEmpty()) {
      prompt = last(text);
      return;
    }
    // The first key of a later turn.
    answer.text = "";
    answer.state = answer.waiting();
    prompt = last(text);
  }

  void submitted(Arm arm) {
    answer(arm).state = "…";
  }

  void inferred(String text) {
    inference = last(text);
  }

  void answerChanged(Arm arm, Change change) {
    Answer answer = answer(arm);
    switch (change) {
      case Appended appended -> answer.text = last(answer.text + appended.text());
      case Replaced replaced -> answer.text = last(replaced.text());
      case Ended ignored -> {}
      case Unchanged ignored -> {}
    }
  }

  void turnEnded(Arm arm, TurnResult result) {
    Answer answer = answer(arm);
    answer.text = last(result.finalText());
    answer.state =
        result.latencySeconds().isPresent()
            ? String.format(Locale.ROOT, "%.2f s", result.latencySeconds().getAsDouble())
            : result.failure().orElse("failed");
  }

  void sessionEnded(Arm arm) {
    answer(arm).ended = true;
  }

  private Answer answer(Arm arm) {
    return answers.computeIfAbsent(arm.name(), ignored -> new Answer(arm.live()));
  }

  private static String last(String text) {
    if (text.length() <= KEPT) return text;
    int start = text.length() - KEPT;
    return text.substring(Character.isLowSurrogate(text.charAt(start)) ? start + 1 : start);
  }
}
