package io.livemind.topology.prompt;

import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Role;
import io.livemind.topology.prompt.Conversation.Inference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A session as the topology sees it, played by hand: segments close, calls are rendered, replies
 * become memory, an answered turn becomes history exactly as it was sent.
 */
final class TypedSession {
  private final PromptLayout layout;
  private final Optional<String> system;
  private final Optional<String> answerFormat;
  private final List<Message> history = new ArrayList<>();
  private final List<String> segments = new ArrayList<>();
  private final List<Inference> memory = new ArrayList<>();

  TypedSession(PromptLayout layout, Optional<String> system, Optional<String> answerFormat) {
    this.layout = layout;
    this.system = system;
    this.answerFormat = answerFormat;
  }

  TypedSession types(String... closed) {
    segments.addAll(List.of(closed));
    return this;
  }

  /** The reply to a call that read all segments so far. */
  TypedSession concludes(String reply) {
    return concludes(reply, segments.size());
  }

  TypedSession concludes(String reply, int read) {
    memory.add(new Inference(reply, read));
    return this;
  }

  /** The next turn begins. */
  TypedSession answered(String answer) {
    List<Message> sent = answer();
    history.addAll(sent.subList(1 + history.size(), sent.size()));
    history.add(new Message(Role.ASSISTANT, answer));
    segments.clear();
    memory.clear();
    return this;
  }

  int segments() {
    return segments.size();
  }

  /** Segments that the last inference rests on. */
  int read() {
    return memory.isEmpty() ? 0 : memory.getLast().segments();
  }

  String prompt() {
    return String.join("", segments);
  }

  /** Messages of the present turn in a call of this session. */
  List<Message> turnOf(List<Message> call) {
    return call.subList(1 + history.size(), call.size());
  }

  List<Message> thinking() {
    return layout.thinking(conversation());
  }

  List<Message> answer() {
    return layout.answer(conversation());
  }

  private Conversation conversation() {
    return new Conversation(system, answerFormat, history, segments, memory);
  }
}
