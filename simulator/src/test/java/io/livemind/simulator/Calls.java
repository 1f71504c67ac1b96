package io.livemind.simulator;

import io.livemind.schemas.AnswerCue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Calls as the workers make them, for tests without a network. */
final class Calls {
  static final String SESSION = "session-1";

  private Calls() {}

  static ChatCall thinking(int turn, int step, List<ChatMessage> messages) {
    return call(turn, step, CallKind.INFERENCE, messages);
  }

  /** Ends the last user message in the cue. */
  static ChatCall answer(int turn, int step, List<ChatMessage> messages) {
    var withCue = new ArrayList<>(messages);
    ChatMessage last = withCue.removeLast();
    if (last.is(ChatMessage.Role.USER))
      withCue.add(ChatMessage.user(last.content() + AnswerCue.text(Optional.empty())));
    else {
      withCue.add(last);
      withCue.add(ChatMessage.user(AnswerCue.text(Optional.empty())));
    }
    return call(turn, step, CallKind.ANSWER, withCue);
  }

  static ChatCall call(int turn, int step, CallKind kind, List<ChatMessage> messages) {
    var all = new ArrayList<ChatMessage>();
    all.add(new ChatMessage(ChatMessage.Role.SYSTEM, "Any wording of ours."));
    all.addAll(messages);
    return new ChatCall(
        new OpenAiWire(),
        0,
        "large",
        List.copyOf(all),
        true,
        true,
        OptionalInt.empty(),
        0,
        Optional.of(SESSION),
        OptionalInt.of(turn),
        OptionalInt.of(step),
        Optional.of(kind),
        Optional.empty(),
        0);
  }

  /** User and assistant messages in turns, from the texts alone. */
  static List<ChatMessage> alternating(String... texts) {
    var messages = new ArrayList<ChatMessage>();
    for (int i = 0; i < texts.length; i++)
      messages.add(i % 2 == 0 ? ChatMessage.user(texts[i]) : ChatMessage.assistant(texts[i]));
    return List.copyOf(messages);
  }

  static RecordedReply reply(String text) {
    return new RecordedReply(text, 100, 10, new LatencyModel(0.4, 0.0007, 0.0525));
  }
}
