package io.livemind.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What of a recorded turn has been served. Only what was sent to the end counts; a step that is
 * asked for again keeps its reply and counts once.
 *
 * <p>Threading: under the lock of its session.
 */
final class RecordedTurnState {
  private static final String WAIT = "action wait.";

  /** {@code action}, {@code wait}, the full stop, and the token that ends the reply. */
  private static final int WAIT_TOKENS = 4;

  private final RecordedTurn recorded;

  /** By step, in the order in which they were sent. */
  private final Map<Integer, Served> served = new LinkedHashMap<>();

  private boolean answered;

  RecordedTurnState(RecordedTurn recorded) {
    this.recorded = recorded;
  }

  private record Served(int number, String reply, String typed) {}

  RecordedTurn recorded() {
    return recorded;
  }

  /** Which inference of the turn a step gets: as many as other steps were served before it. */
  int numberOf(int step) {
    Served before = served.get(step);
    return before == null ? served.size() : before.number();
  }

  /** The reply to the thinking call with this number; beyond the recorded ones a wait. */
  RecordedReply inference(int number) {
    List<RecordedReply> inferences = recorded.inferences();
    if (number < inferences.size()) return inferences.get(number);
    RecordedReply like = inferences.isEmpty() ? recorded.answer() : inferences.getLast();
    return new RecordedReply(WAIT, like.promptTokens(), WAIT_TOKENS, like.latency());
  }

  /** The reply to an answer call, by what was thought about before it. */
  RecordedReply answer() {
    int covered =
        served.values().stream()
            .map(Served::typed)
            .filter(recorded.prompt()::startsWith)
            .mapToInt(String::length)
            .max()
            .orElse(0);
    return recorded
        .byMemory()
        .map(rule -> rule.after(recorded.answer(), covered))
        .orElseGet(recorded::answer);
  }

  /** Notes a thinking call that was sent whole; true if its step had not been before. */
  boolean inferenceSent(int step, int number, String reply, String typed) {
    return served.putIfAbsent(step, new Served(number, reply, typed)) == null;
  }

  void inferenceFailed(int step) {
    served.remove(step);
  }

  /** True if the answer had not been sent before. */
  boolean answerSent() {
    boolean first = !answered;
    answered = true;
    return first;
  }

  void answerFailed() {
    answered = false;
  }

  /** What later calls must hold of this turn. */
  ConversationCheck.Expected expected(int turn) {
    var memory = new ArrayList<RecordedMemory>();
    int left = served.size();
    for (Served inference : served.values()) {
      boolean last = --left == 0;
      if (!RecordedMemory.kept(inference.reply())) continue;
      boolean required = survivedEdits(inference.typed()) && !(last && recorded.mayMissLast());
      memory.add(new RecordedMemory(inference.reply(), inference.typed(), required));
    }
    return new ConversationCheck.Expected(turn, recorded, memory);
  }

  /**
   * Whether no edit touched this beginning after it was thought about. An edit inside it leaves a
   * draft that begins with it, and a text that does not; so it was touched only if some drafts
   * begin with it and some do not, and then it may have been typed anew: nobody can tell.
   */
  private boolean survivedEdits(String typed) {
    long beginning = recorded.drafts().stream().filter(draft -> draft.startsWith(typed)).count();
    return beginning == 0 || beginning == recorded.drafts().size();
  }

  int servedInferences() {
    return Math.min(served.size(), recorded.inferences().size());
  }

  int surplusInferences() {
    return served.size() - servedInferences();
  }

  int unservedInferences() {
    return recorded.inferences().size() - servedInferences();
  }

  boolean answered() {
    return answered;
  }
}
