package io.livemind.topology;

import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Role;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.schemas.avro.Task;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.topology.prompt.Conversation;
import io.livemind.topology.prompt.PromptLayout;
import io.livemind.topology.prompt.PromptLayouts;
import io.livemind.topology.session.Flight;
import io.livemind.topology.session.SessionCommand.TurnEnd;
import io.livemind.topology.session.SessionState.Remembered;
import io.livemind.topology.session.SessionTimes;
import io.livemind.topology.state.Head;
import io.livemind.topology.state.SessionStore;
import io.livemind.topology.state.avro.StoredMessage;
import io.livemind.topology.state.avro.StoredTurn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Makes the messages of a call from what is stored of a session; linear in the prompt and the
 * history.
 */
final class TaskRenderer {
  private final SessionStore store;
  private final SessionTimes times;
  private final UnaryOperator<List<Message>> lastLook;

  TaskRenderer(SessionStore store, SessionTimes times, UnaryOperator<List<Message>> lastLook) {
    this.store = store;
    this.times = times;
    this.lastLook = lastLook;
  }

  /** The task of a flight of this turn; {@code memory} is what the call may build on. */
  Task task(String session, Head head, int turn, Flight flight, List<Remembered> memory) {
    SessionOptions options = store.options(session);
    PromptLayout layout = PromptLayouts.of(options);
    Conversation conversation =
        conversation(session, options, turn, flight.segments(), memory.size());
    List<Message> messages =
        flight.answer() ? layout.answer(conversation) : layout.thinking(conversation);
    return new Task(
        flight.taskId(),
        flight.answer() ? TaskKind.ANSWER : TaskKind.INFERENCE,
        turn,
        flight.revision(),
        flight.step(),
        flight.attempt(),
        flight.inputHash(),
        flight.answer() ? options.getOutputModel() : options.getInferenceModel(),
        lastLook.apply(messages),
        null,
        head.answersPartition(),
        flight.dispatchedAtMillis(),
        (long) times.claimLeaseMillis(),
        false);
  }

  /** A finished turn as history: exactly what the answering call was sent, and its answer. */
  StoredTurn finished(String session, int turn, int segments, int inferences, TurnEnd end) {
    SessionOptions options = store.options(session);
    Conversation conversation = conversation(session, options, turn, segments, inferences);
    List<Message> sent = PromptLayouts.of(options).answer(conversation);
    int before = 1 + conversation.history().size();
    List<StoredMessage> own =
        sent.subList(before, sent.size()).stream()
            .map(message -> new StoredMessage(message.getRole().name(), message.getContent()))
            .toList();
    return new StoredTurn(
        turn,
        own,
        end.text(),
        end.interrupted(),
        end.attempt(),
        end.execution(),
        end.failure().orElse(null));
  }

  private Conversation conversation(
      String session, SessionOptions options, int turn, int segments, int inferences) {
    return new Conversation(
        options.getSystem(),
        options.getAnswerFormat(),
        history(session, turn),
        store.segmentTexts(session, turn, segments),
        store.inferences(session, turn, inferences));
  }

  /** Earlier turns that were answered, if only in part; a turn that failed was never seen. */
  private List<Message> history(String session, int turn) {
    List<Message> messages = new ArrayList<>();
    for (StoredTurn past : store.turnsBefore(session, turn)) {
      if (past.getFailure().isPresent()) continue;
      for (StoredMessage message : past.getMessages()) {
        messages.add(new Message(Role.valueOf(message.getRole()), message.getContent()));
      }
      messages.add(new Message(Role.ASSISTANT, answer(past)));
    }
    return messages;
  }

  private static String answer(StoredTurn past) {
    return past.getInterrupted() ? past.getAnswer() + " [interrupted]" : past.getAnswer();
  }
}
