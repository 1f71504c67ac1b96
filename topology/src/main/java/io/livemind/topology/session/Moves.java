package io.livemind.topology.session;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.Cancelled;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.ControlCommand;
import io.livemind.schemas.avro.Failed;
import io.livemind.schemas.avro.Mode;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.topology.session.Phase.Answering;
import io.livemind.topology.session.Phase.Composing;
import io.livemind.topology.session.Phase.Thinking;
import io.livemind.topology.session.SessionCommand.TurnEnd;
import io.livemind.topology.session.SessionEvent.Concluded;
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
  final long nowMillis;
  final List<SessionCommand> commands = new ArrayList<>();
  SessionState state;
  private final String session;

  Moves(
      String session,
      SessionOptions options,
      SessionState state,
      PromptView prompt,
      long nowMillis) {
    this.session = session;
    this.options = options;
    this.state = state;
    this.prompt = prompt;
    this.nowMillis = nowMillis;
  }

  /** Thinks about new segments, if nothing else is to be done and the budget allows it. */
  void think() {
    boolean may =
        options.getMode() == Mode.LIVE
            && state.phase() instanceof Composing
            && state.submission().isEmpty()
            && prompt.turn() == state.turn()
            && prompt.segments() > state.readSegments()
            && state.inferenceCalls() < options.getMaximumInferencesPerTurn();
    if (!may) return;
    int segments = options.getCoalesce() ? prompt.segments() : state.readSegments() + 1;
    Flight flight = flight(false, prompt.revision(), segments, prompt.hashAt(segments));
    state = state.calling(new Thinking(flight), true);
    commands.add(new SessionCommand.Dispatch(state.turn(), flight));
  }

  void answer() {
    Submission submission =
        state
            .submission()
            .orElseThrow(() -> new IllegalStateException("only a complete prompt is answered"));
    Flight flight = flight(true, submission.revision(), submission.segments(), submission.hash());
    state = state.calling(new Answering(flight), false);
    commands.add(new SessionCommand.Dispatch(state.turn(), flight));
  }

  private Flight flight(boolean answer, int revision, int segments, long textHash) {
    String taskId = session + "/" + state.turn() + "/" + revision + "/" + state.steps();
    long inputHash = Long.rotateLeft(textHash, 17) ^ state.memoryHash() ^ (answer ? 1 : 0);
    return new Flight(
        taskId,
        answer,
        state.steps(),
        1,
        revision,
        segments,
        inputHash,
        nowMillis,
        Optional.empty());
  }

  void dispatch(Phase phase, Flight flight) {
    state = state.in(phase);
    commands.add(new SessionCommand.Dispatch(state.turn(), flight));
  }

  void completed(Concluded outcome) {
    publish(
        state.turn(),
        new Completed(outcome.attempt(), outcome.executionId(), outcome.text(), outcome.usage()));
    finish(
        new TurnEnd(
            outcome.attempt(), outcome.executionId(), outcome.text(), false, Optional.empty()));
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
    int segments = state.submission().map(Submission::segments).orElse(0);
    commands.add(new SessionCommand.FinishTurn(state.turn(), segments, state.memory().size(), end));
    state = SessionState.ofTurn(state.turn() + 1, state.following());
    if (state.submission().isPresent()) answer();
  }

  void cancelFlight() {
    state
        .phase()
        .inFlight()
        .ifPresent(
            flight ->
                flight
                    .execution()
                    .ifPresent(
                        execution ->
                            tell(
                                flight.taskId(),
                                flight.attempt(),
                                execution,
                                ControlCommand.CANCEL)));
  }

  void tell(String taskId, int attempt, Execution execution, ControlCommand command) {
    commands.add(new SessionCommand.Tell(taskId, attempt, execution, command));
  }

  void publish(int turn, SpecificRecord event) {
    commands.add(new SessionCommand.Publish(turn, event));
  }
}
