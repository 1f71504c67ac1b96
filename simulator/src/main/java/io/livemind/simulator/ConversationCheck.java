package io.livemind.simulator;

import io.livemind.schemas.AnswerCue;
import io.livemind.schemas.TemplateTokens;
import io.livemind.simulator.ChatMessage.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks the messages of a call against what was recorded and served: see {@link RecordedRule}. A
 * system message may hold anything, it is not the user's.
 *
 * <p>Threading: one thread, for one call; pure.
 */
final class ConversationCheck {
  private final List<ChatMessage> messages;
  private int next;

  ConversationCheck(List<ChatMessage> messages) {
    this.messages =
        messages.stream()
            .filter(message -> !message.is(Role.SYSTEM))
            .map(ConversationCheck::asTyped)
            .toList();
  }

  /** What was typed: markers of chat templates in it were broken on the way. */
  private static ChatMessage asTyped(ChatMessage message) {
    return new ChatMessage(message.role(), TemplateTokens.restore(message.content()));
  }

  /**
   * A turn as the messages must show it.
   *
   * @param turn its number
   * @param recorded prompt, answer and drafts
   * @param served inferences that were kept, in the order in which they were served
   */
  record Expected(int turn, RecordedTurn recorded, List<RecordedMemory> served) {}

  /** A broken rule, in words without any text of the conversation. */
  static final class RuleBrokenException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RecordedRule rule;
    private final String reason;

    RuleBrokenException(RecordedRule rule, String reason) {
      super(reason, null, false, false);
      this.rule = rule;
      this.reason = reason;
    }

    RecordedRule rule() {
      return rule;
    }

    String reason() {
      return reason;
    }
  }

  /** Passes over a turn that has ended: prompt, all inferences, answer. */
  void past(Expected expected) throws RuleBrokenException {
    String prompt = expected.recorded().prompt();
    var typed = new StringBuilder();
    var assistant = new ArrayList<String>();
    while (next < messages.size()) {
      ChatMessage message = messages.get(next++);
      if (message.is(Role.USER)) {
        typed.append(AnswerCue.strip(message.content()));
        if (!startsWith(prompt, typed)) throw wrongText(expected, typed.length());
        continue;
      }
      boolean answered =
          typed.length() == prompt.length()
              && message.content().equals(expected.recorded().answer().text());
      if (answered) {
        checkMemory(expected, prompt, assistant, CallKind.ANSWER);
        return;
      }
      assistant.add(message.content());
    }
    throw new RuleBrokenException(
        RecordedRule.HISTORY,
        "turn " + expected.turn() + ", which has ended, is not in the messages with its answer");
  }

  /**
   * Checks the turn that the call belongs to, which is the rest of the messages.
   *
   * @return the user text of the turn
   */
  String present(Expected expected, CallKind kind) throws RuleBrokenException {
    var text = new StringBuilder();
    var assistant = new ArrayList<String>();
    for (ChatMessage message : messages.subList(next, messages.size())) {
      if (message.is(Role.USER)) text.append(AnswerCue.strip(message.content()));
      else assistant.add(message.content());
    }
    String typed = text.toString();
    boolean right =
        switch (kind) {
          case ANSWER ->
              typed.equals(expected.recorded().prompt())
                  || expected.recorded().mayDraft() && begins(expected.recorded(), typed);
          case INFERENCE -> !typed.isEmpty() && begins(expected.recorded(), typed);
        };
    if (!right) throw wrongText(expected, typed.length());
    checkMemory(expected, typed, assistant, kind);
    return typed;
  }

  private static boolean begins(RecordedTurn recorded, String typed) {
    return recorded.prompt().startsWith(typed)
        || recorded.drafts().stream().anyMatch(draft -> draft.startsWith(typed));
  }

  private static boolean startsWith(String prompt, StringBuilder typed) {
    return typed.length() <= prompt.length()
        && prompt.regionMatches(0, typed.toString(), 0, typed.length());
  }

  private static RuleBrokenException wrongText(Expected expected, int length) {
    return new RuleBrokenException(
        RecordedRule.SEGMENT,
        "the user text of turn "
            + expected.turn()
            + " ("
            + length
            + " UTF-16 units) is not the recorded prompt ("
            + expected.recorded().prompt().length()
            + ") up to where the typing was cut");
  }

  private static void checkMemory(
      Expected expected, String typed, List<String> assistant, CallKind kind)
      throws RuleBrokenException {
    List<RecordedMemory> memory =
        expected.served().stream().filter(served -> typed.startsWith(served.typed())).toList();
    boolean all = kind == CallKind.ANSWER;
    if (inOrder(memory, assistant, all)) return;
    RecordedRule rule =
        sameInAnyOrder(memory, assistant, all) ? RecordedRule.ORDER : RecordedRule.MEMORY;
    throw new RuleBrokenException(
        rule,
        "turn "
            + expected.turn()
            + " has "
            + assistant.size()
            + " assistant messages, which are not the "
            + memory.size()
            + " inferences that were served for its text");
  }

  /** Whether the messages are the memory in order; what is not required may be missing. */
  private static boolean inOrder(List<RecordedMemory> memory, List<String> assistant, boolean all) {
    // fits[m]: whether the messages from the one at hand on are the memory from m on.
    boolean[] fits = new boolean[memory.size() + 1];
    fits[memory.size()] = true;
    for (int m = memory.size() - 1; m >= 0; m--)
      fits[m] = fits[m + 1] && !(all && memory.get(m).required());
    for (int a = assistant.size() - 1; a >= 0; a--) {
      boolean[] before = new boolean[memory.size() + 1];
      for (int m = memory.size() - 1; m >= 0; m--) {
        boolean taken = memory.get(m).reply().equals(assistant.get(a)) && fits[m + 1];
        boolean passed = before[m + 1] && !(all && memory.get(m).required());
        before[m] = taken || passed;
      }
      fits = before;
    }
    return fits[0];
  }

  private static boolean sameInAnyOrder(
      List<RecordedMemory> memory, List<String> assistant, boolean all) {
    var left = new ArrayList<>(assistant);
    for (RecordedMemory served : memory)
      if (!left.remove(served.reply()) && all && served.required()) return false;
    return left.isEmpty();
  }
}
