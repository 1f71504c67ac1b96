package io.livemind.topology.session;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.Cancelled;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.ControlCommand;
import io.livemind.schemas.avro.Failed;
import io.livemind.schemas.avro.ModelUsage;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.topology.session.Flight.Purpose;
import io.livemind.topology.session.Phase.Answering;
import io.livemind.topology.session.Phase.Composing;
import io.livemind.topology.session.SessionCommand.TurnEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * One transition in the making: the state as it changes, the commands so far, and the moves that
 * rules are made of.
 */
final class Moves {
  final SessionOptions options;
  final PromptView prompt;
  final Moment moment;
  final List<SessionCommand> commands = new ArrayList<>();
  SessionState state;
  private final String session;

  Moves(
      String session,
      SessionOptions options,
      SessionState state,
      PromptView prompt,
      Moment moment) {
    this.session = session;
    this.options = options;
    this.state = state;
    this.prompt = prompt;
    this.moment = moment;
  }

  long nowMillis() {
    return moment.nowMillis();
  }

  // Calls

  /** Answers the submitted prompt, unless the session has spent its budget. */
  void answer() {
    Submission submission =
        state
            .submission()
            .orElseThrow(() -> new IllegalStateException("only a complete prompt is answered"));
    if (!state.spending().allowsCall(options)) {
      failed(FailureCode.BUDGET_SPENT);
      return;
    }
    Flight flight =
        flight(Purpose.ANSWER, submission.revision(), submission.segments(), submission.hash());
    call(new Answering(flight), flight);
  }

  Flight flight(Purpose purpose, int revision, int segments, long textHash) {
    int step = state.progress().steps();
    String taskId = session + "/" + state.turn() + "/" + revision + "/" + step;
    long inputHash =
        Long.rotateLeft(textHash, 17) ^ state.progress().memoryHash() ^ purpose.ordinal();
    return new Flight(
        taskId, purpose, step, 1, revision, segments, inputHash, nowMillis(), Optional.empty());
  }

  /** The next call of the turn. */
  void call(Phase phase, Flight flight) {
    state = state.with(state.progress().calling(flight.purpose()));
    dispatch(phase, flight);
  }

  /** An attempt at a call leaves. */
  void dispatch(Phase phase, Flight flight) {
    state = state.in(phase).with(state.spending().called());
    commands.add(new SessionCommand.Dispatch(state.turn(), flight));
  }

  // Ends of a turn

  void completed(int attempt, String execution, String text, ModelUsage usage) {
    publish(state.turn(), new Completed(attempt, execution, text, usage));
    finish(new TurnEnd(attempt, execution, text, false, Optional.empty()));
  }

  void failed(FailureCode code) {
    publish(state.turn(), new Failed(code.code(), code.remedy()));
    finish(new TurnEnd(0, "", "", false, Optional.of(code.code())));
  }

  void interrupted(int attempt, String execution, String text) {
    publish(state.turn(), new Cancelled(text));
    finish(new TurnEnd(attempt, execution, text, true, Optional.empty()));
  }

  private void finish(TurnEnd end) {
    commands.add(
        new SessionCommand.FinishTurn(
            state.turn(),
            state.submission().map(Submission::revision).orElse(0),
            state.submission().map(Submission::segments).orElse(0),
            state.progress().rememberedSteps(),
            end));
    state = state.nextTurn();
    if (state.submission().isPresent()) answer();
  }

  // Words to workers and clients

  void reportSpending() {
    commands.add(new SessionCommand.ReportSpending(state.spending()));
  }

  void cancelFlight() {
    state.phase().inFlight().ifPresent(flight -> tell(flight, ControlCommand.CANCEL));
  }

  /** Nothing is told while nobody has claimed the flight. */
  void tell(Flight flight, ControlCommand command) {
    flight
        .execution()
        .ifPresent(execution -> tell(flight.taskId(), flight.attempt(), execution, command));
  }

  void tell(String taskId, int attempt, Execution execution, ControlCommand command) {
    commands.add(new SessionCommand.Tell(taskId, attempt, execution, command));
  }

  void publish(int turn, SpecificRecord event) {
    commands.add(new SessionCommand.Publish(turn, event));
  }

  void idle() {
    state = state.in(new Composing());
  }
}
