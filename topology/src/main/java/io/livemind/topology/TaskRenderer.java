package io.livemind.topology;

import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.schemas.avro.Task;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.topology.prompt.Conversation;
import io.livemind.topology.prompt.Conversation.Inference;
import io.livemind.topology.prompt.PromptLayout;
import io.livemind.topology.prompt.PromptLayouts;
import io.livemind.topology.prompt.Summaries;
import io.livemind.topology.session.Flight;
import io.livemind.topology.session.Flight.Purpose;
import io.livemind.topology.session.SessionCommand.FinishTurn;
import io.livemind.topology.session.SessionCommand.TurnEnd;
import io.livemind.topology.state.Head;
import io.livemind.topology.state.SessionStore;
import io.livemind.topology.state.avro.StoredMessage;
import io.livemind.topology.state.avro.StoredTurn;
import io.livemind.topology.typing.TypedPrompt;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes the messages of a call from what is stored of a session; linear in the prompt and the
 * history.
 */
final class TaskRenderer {
  /** Of our own system messages, cues and answer formats: more than the longest of them takes. */
  private static final int SYSTEM_TOKENS = 512;

  private final SessionStore store;
  private final History history;
  private final UnaryOperator<List<Message>> lastLook;

  TaskRenderer(SessionStore store, History history, UnaryOperator<List<Message>> lastLook) {
    this.store = store;
    this.history = history;
    this.lastLook = lastLook;
  }

  /**
   * The task of a flight of this turn.
   *
   * @param head of the session, with the memory that the call may build on
   */
  Task task(String session, Head head, int turn, Flight flight, int claimLeaseMillis) {
    SessionOptions options = store.options(session, head);
    List<Message> messages = lastLook.apply(messages(session, options, head, turn, flight));
    return new Task(
        flight.taskId(),
        flight.purpose().answers() ? TaskKind.ANSWER : TaskKind.INFERENCE,
        turn,
        flight.revision(),
        flight.step(),
        flight.attempt(),
        flight.inputHash(),
        flight.purpose().answers() ? options.getOutputModel() : options.getInferenceModel(),
        messages,
        longestReply(options, head, flight, messages),
        head.answersPartition(),
        flight.dispatchedAtMillis(),
        (long) claimLeaseMillis,
        flight.purpose() == Purpose.DRAFT,
        head.ownerDigest());
  }

  /**
   * Tokens that the budgets leave for the reply; null where none bounds it. One at least: whether
   * to call at all was decided before the prompt's length was known.
   */
  private static @Nullable Integer longestReply(
      SessionOptions options, Head head, Flight flight, List<Message> messages) {
    OptionalLong left = head.state().spending().left(options, flight.purpose() != Purpose.ANSWER);
    if (left.isEmpty()) return null;
    return (int) Math.clamp(left.getAsLong() - TokenEstimate.of(messages), 1, Integer.MAX_VALUE);
  }

  private List<Message> messages(
      String session, SessionOptions options, Head head, int turn, Flight flight) {
    PromptLayout layout = PromptLayouts.of(options);
    List<Integer> memory = head.state().progress().rememberedSteps();
    return switch (flight.purpose()) {
      case INFERENCE -> layout.thinking(conversation(session, options, turn, flight, memory));
      case SUMMARY ->
          Summaries.ofMemory(layout.thinking(conversation(session, options, turn, flight, memory)));
      case HISTORY -> Summaries.ofConversation(history.toSummarize(session, flight.segments()));
      case DRAFT -> layout.answer(draft(session, options, head, memory));
      case ANSWER -> layout.answer(conversation(session, options, turn, flight, memory));
    };
  }

  /** The whole prompt as it is typed now, open text included. */
  private Conversation draft(
      String session, SessionOptions options, Head head, List<Integer> memory) {
    TypedPrompt prompt = head.prompt();
    List<String> pieces =
        new ArrayList<>(
            store.segmentTexts(session, prompt.turn(), prompt.revision(), prompt.segments()));
    if (!prompt.openText().isEmpty()) pieces.add(prompt.openText());
    return conversation(session, options, prompt.turn(), pieces, memory);
  }

  /**
   * A finished turn as history: exactly what the answering call was sent, and its answer. Reads no
   * earlier turn: a layout makes the turn's own messages of the turn alone.
   */
  StoredTurn finished(String session, Head head, FinishTurn finish) {
    SessionOptions options = store.options(session, head);
    int turn = finish.turn();
    TurnEnd end = finish.end();
    List<String> prompt = store.segmentTexts(session, turn, finish.revision(), finish.segments());
    List<Inference> memory = store.inferences(session, turn, finish.memory());
    Conversation alone = conversation(options, List.of(), prompt, memory);
    List<Message> sent = PromptLayouts.of(options).answer(alone);
    List<Message> own = sent.subList(1, sent.size());
    return new StoredTurn(
        turn,
        own.stream()
            .map(message -> new StoredMessage(message.getRole().name(), message.getContent()))
            .toList(),
        end.text(),
        end.interrupted(),
        end.attempt(),
        end.execution(),
        end.failure().orElse(null),
        String.join("", prompt),
        TokenEstimate.of(own) + TokenEstimate.of(end.text()));
  }

  private Conversation conversation(
      String session, SessionOptions options, int turn, Flight flight, List<Integer> memory) {
    List<String> pieces = store.segmentTexts(session, turn, flight.revision(), flight.segments());
    return conversation(session, options, turn, pieces, memory);
  }

  private Conversation conversation(
      String session, SessionOptions options, int turn, List<String> pieces, List<Integer> steps) {
    List<Inference> memory = store.inferences(session, turn, steps);
    int own = options.getSystem().map(TokenEstimate::of).orElse(0) + SYSTEM_TOKENS;
    for (String piece : pieces) own += TokenEstimate.of(piece);
    for (Inference inference : memory) own += TokenEstimate.of(inference.reply());
    return conversation(options, history.before(session, turn, options, own), pieces, memory);
  }

  private static Conversation conversation(
      SessionOptions options, List<Message> past, List<String> pieces, List<Inference> memory) {
    return new Conversation(options.getSystem(), options.getAnswerFormat(), past, pieces, memory);
  }
}
