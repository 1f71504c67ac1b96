package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Cancelled;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Failed;
import io.livemind.schemas.avro.Task;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.topology.session.DraftText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a session owes its client, told without phases, segments, leases or stores: the text that
 * the client sees, what each submitted prompt was, how each turn ended, and what its calls cost.
 */
final class ReferenceModel {
  /** What a session may cost; 0 is no bound. */
  record Budgets(int callsOfTurn, int tokensOfTurn, int callsOfSession) {}

  private final Budgets budgets;
  private final StringBuilder text = new StringBuilder();
  private final Map<Integer, String> submitted = new HashMap<>();
  private final Map<Integer, Object> ends = new HashMap<>();
  private final Map<Integer, Integer> callsOfTurn = new HashMap<>();
  private final Map<Integer, Integer> spent = new HashMap<>();
  private final Set<String> texts = new HashSet<>();
  private final Set<String> calls = new HashSet<>();
  private final Set<String> attempts = new HashSet<>();
  private final Set<Integer> stopped = new HashSet<>();
  private Map<Integer, Integer> committed = Map.of();
  private boolean restarted;
  private int turn;

  ReferenceModel(Budgets budgets) {
    this.budgets = budgets;
  }

  String text() {
    return text.toString();
  }

  int turn() {
    return turn;
  }

  void replaces(int position, int deleted, String inserted) {
    text.replace(position, position + deleted, inserted);
    texts.add(turn + " " + DraftText.essence(text.toString()));
  }

  void submits() {
    stopped.add(turn - 1);
    submitted.put(turn++, text.toString());
    text.setLength(0);
  }

  void cancels(int ofTurn) {
    stopped.add(ofTurn);
  }

  /** A call has cost so much; what was paid since the commit may be forgotten in a restart. */
  void pays(Task task, int tokens) {
    spent.merge(task.getTurn(), tokens, Integer::sum);
  }

  void commits() {
    committed = Map.copyOf(spent);
  }

  void restarts() {
    restarted = true;
    spent.clear();
    spent.putAll(committed);
  }

  boolean owesAnEnd() {
    return ends.size() < submitted.size();
  }

  /**
   * A task is for text that the client sees, and within the budgets. A draft may be of a text that
   * was typed on meanwhile: it is dropped when that is read.
   */
  void sees(Task task) {
    if (task.getKind() == TaskKind.ANSWER) {
      String prompt = PromptOfTask.typed(task);
      String read = DraftText.essence(prompt);
      if (!task.getDraft()) {
        String submission = submitted.getOrDefault(task.getTurn(), "never submitted");
        assertThat(read).isEqualTo(DraftText.essence(submission));
      } else assertThat(texts).contains(task.getTurn() + " " + read);
      for (String inferred : PromptOfTask.inferred(task))
        assertThat(prompt.strip()).startsWith(inferred);
    }
    boolean inAdvance = task.getKind() == TaskKind.INFERENCE || task.getDraft();
    if (inAdvance && calls.add(call(task))) {
      assertThat(callsOfTurn.merge(task.getTurn(), 1, Integer::sum))
          .isLessThanOrEqualTo(budgets.callsOfTurn());
      if (budgets.tokensOfTurn() > 0)
        assertThat(spent.getOrDefault(task.getTurn(), 0)).isLessThan(budgets.tokensOfTurn());
    }
    attempts.add(call(task) + " " + task.getAttempt());
    if (budgets.callsOfSession() > 0)
      assertThat(attempts).hasSizeLessThanOrEqualTo(budgets.callsOfSession());
  }

  /** Turn and step: after a restart the same call may be made at another revision. */
  private static String call(Task task) {
    String id = task.getTaskId();
    return task.getTurn() + id.substring(id.lastIndexOf('/'));
  }

  /**
   * What comes after the end is passed over by every reader. It is the same, but when the clock
   * ended a turn in an instance that died before it could store it, and an outcome was faster then.
   */
  void sees(AnswerEvent event) {
    Object end = event.getEvent();
    if (!(end instanceof Completed || end instanceof Failed || end instanceof Cancelled)) return;
    Object before = ends.putIfAbsent(event.getTurn(), end);
    boolean twoAnswers = before instanceof Completed && end instanceof Completed;
    if (before != null && (twoAnswers || !restarted)) assertThat(said(end)).isEqualTo(said(before));
  }

  private static String said(Object end) {
    return switch (end) {
      case Completed completed -> completed.getText();
      case Cancelled cancelled -> cancelled.getText();
      default -> end.toString();
    };
  }

  /** Every submitted turn has ended, and answers are for the text that was submitted. */
  void isPaid() {
    assertThat(ends.keySet()).containsExactlyInAnyOrderElementsOf(submitted.keySet());
    ends.forEach(
        (ended, end) -> {
          if (end instanceof Completed)
            assertThat(DraftText.essence(said(end)))
                .isEqualTo(DraftText.essence("answer to " + submitted.get(ended)));
          if (end instanceof Cancelled) assertThat(stopped).contains(ended);
        });
  }
}
