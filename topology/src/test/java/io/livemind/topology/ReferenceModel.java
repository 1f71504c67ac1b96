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
  private final int maximumCalls;
  private final int maximumTokens;
  private final StringBuilder text = new StringBuilder();
  private final Map<Integer, String> submitted = new HashMap<>();
  private final Map<Integer, String> ends = new HashMap<>();
  private final Map<Integer, Integer> callsOfTurn = new HashMap<>();
  private final Map<Integer, Integer> spent = new HashMap<>();
  private final Set<String> texts = new HashSet<>();
  private final Set<String> calls = new HashSet<>();
  private Map<Integer, Integer> spentForCertain = spent;
  private Map<Integer, Integer> committed = Map.of();
  private boolean restarted;
  private int turn;

  /** {@code maximumTokens} of 0 is no budget. */
  ReferenceModel(int maximumCalls, int maximumTokens) {
    this.maximumCalls = maximumCalls;
    this.maximumTokens = maximumTokens;
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

  boolean maySubmit() {
    return !text.toString().isBlank() && turn <= ends.size();
  }

  void submits() {
    submitted.put(turn++, text.toString());
    text.setLength(0);
  }

  void pays(Task task, int tokens) {
    spent.merge(task.getTurn(), tokens, Integer::sum);
  }

  void commits() {
    committed = Map.copyOf(spent);
  }

  /** Fragments may be read again before the outcomes that came before them, and their cost. */
  void restarts() {
    restarted = true;
    spentForCertain = committed;
  }

  /** What leaves from now on leaves after everything that came in. */
  void hasReadEverything() {
    spentForCertain = spent;
  }

  boolean owesAnEnd() {
    return ends.size() < submitted.size();
  }

  /**
   * A task is for text that the client sees, and within the budgets. Who begins anew may ask for a
   * draft of a text that was typed on meanwhile, and drops it when that is read again.
   */
  void sees(Task task) {
    if (task.getKind() == TaskKind.ANSWER) {
      String prompt = PromptOfTask.typed(task);
      String read = DraftText.essence(prompt);
      if (!task.getDraft()) {
        String submission = submitted.getOrDefault(task.getTurn(), "never submitted");
        assertThat(read).isEqualTo(DraftText.essence(submission));
      } else if (restarted) assertThat(texts).contains(task.getTurn() + " " + read);
      else assertThat(read).isEqualTo(DraftText.essence(text.toString()));
      for (String inferred : PromptOfTask.inferred(task)) assertThat(prompt).startsWith(inferred);
    }
    boolean inAdvance = task.getKind() == TaskKind.INFERENCE || task.getDraft();
    if (inAdvance && calls.add(call(task))) {
      assertThat(callsOfTurn.merge(task.getTurn(), 1, Integer::sum))
          .isLessThanOrEqualTo(maximumCalls);
      if (maximumTokens > 0)
        assertThat(spentForCertain.getOrDefault(task.getTurn(), 0)).isLessThan(maximumTokens);
    }
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
    String end =
        switch (event.getEvent()) {
          case Completed completed -> "completed " + completed.getText();
          case Failed failed -> "failed " + failed.getCode();
          case Cancelled cancelled -> "cancelled " + cancelled.getText();
          default -> "";
        };
    if (end.isEmpty()) return;
    String before = ends.putIfAbsent(event.getTurn(), end);
    if (before != null && !restarted) assertThat(end).isEqualTo(before);
  }

  /**
   * Every submitted turn has ended, none else, and an answer is for the text that was submitted.
   */
  void isPaid() {
    assertThat(ends.keySet()).containsExactlyInAnyOrderElementsOf(submitted.keySet());
    ends.forEach(
        (ended, end) -> {
          if (end.startsWith("completed"))
            assertThat(DraftText.essence(end))
                .isEqualTo(DraftText.essence("completed answer to " + submitted.get(ended)));
        });
  }
}
