package io.livemind.topology.session;

import io.livemind.schemas.ActionReply;
import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.Action;
import io.livemind.schemas.avro.ActionSet;
import io.livemind.schemas.avro.ControlCommand;
import io.livemind.schemas.avro.InferenceDropped;
import io.livemind.schemas.avro.InferenceStarted;
import io.livemind.schemas.avro.Inferred;
import io.livemind.schemas.avro.OnSubmit;
import io.livemind.schemas.avro.Rejected;
import io.livemind.schemas.avro.Revised;
import io.livemind.schemas.avro.SegmentClosed;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.topology.session.Phase.Answering;
import io.livemind.topology.session.Phase.AwaitingInference;
import io.livemind.topology.session.Phase.Composing;
import io.livemind.topology.session.Phase.Retrying;
import io.livemind.topology.session.Phase.Stopping;
import io.livemind.topology.session.Phase.Thinking;
import io.livemind.topology.session.SessionEvent.Claimed;
import io.livemind.topology.session.SessionEvent.Concluded;
import io.livemind.topology.session.SessionEvent.LeaseExpired;
import io.livemind.topology.session.SessionEvent.Restored;
import io.livemind.topology.session.SessionEvent.TimePassed;
import io.livemind.topology.session.SessionEvent.Typed;
import io.livemind.topology.typing.PromptChange;
import java.util.List;
import java.util.Optional;

/**
 * The rules of a session. One instance makes one transition.
 *
 * <p>Promises: at most one task is in flight; a turn ends exactly once, and only here; an outcome
 * counts only for the execution that was let to run, and for the input that the state holds; what
 * the client deleted before submitting is in no later call; the inference calls of a turn stay
 * within its budget.
 */
public final class SessionMachine {
  /** UTF-16 units of one inference in the memory; some ten times what the prompts ask for. */
  static final int LONGEST_MEMORY = 8_192;

  /** The state afterwards, and what is to be done. */
  public record Transition(SessionState state, List<SessionCommand> commands) {}

  private final SessionTimes times;
  private final Moves moves;

  private SessionMachine(SessionTimes times, Moves moves) {
    this.times = times;
    this.moves = moves;
  }

  /** What becomes of the state when the event happens. */
  public static Transition apply(
      String session,
      SessionOptions options,
      SessionTimes times,
      SessionState state,
      SessionEvent event,
      PromptView prompt,
      long nowMillis) {
    var moves = new Moves(session, options, state, prompt, nowMillis);
    new SessionMachine(times, moves).on(event);
    return new Transition(moves.state, List.copyOf(moves.commands));
  }

  /** When {@link TimePassed} is due for this state; {@link Long#MAX_VALUE}: never. */
  public static long dueAtMillis(SessionState state, SessionOptions options, SessionTimes times) {
    long deadline =
        state
            .submission()
            .map(submission -> submission.atMillis() + options.getTurnDeadlineMillis())
            .orElse(Long.MAX_VALUE);
    return switch (state.phase()) {
      case Retrying retrying -> Math.min(deadline, retrying.retryAtMillis());
      case Stopping stopping -> Math.min(deadline, stopping.giveUpAtMillis());
      case Composing _, Thinking _, AwaitingInference _, Answering _ -> deadline;
    };
  }

  private void on(SessionEvent event) {
    switch (event) {
      case Typed typed -> typed.changes().forEach(this::changed);
      case Claimed claimed -> claimed(claimed);
      case Concluded concluded -> concluded(concluded);
      case LeaseExpired expired -> leaseExpired(expired);
      case TimePassed _ -> timePassed();
      case Restored _ -> repeatOutputs();
    }
    moves.think();
  }

  // What the client does

  private void changed(PromptChange change) {
    switch (change) {
      case PromptChange.SegmentAdded added -> segmentAdded(added);
      case PromptChange.Reopened reopened -> reopened(reopened);
      case PromptChange.Submitted submitted -> submitted(submitted);
      case PromptChange.CancelRequested cancel -> cancelRequested(cancel.turn());
      case PromptChange.DeleteRequested _ -> {
        moves.cancelFlight();
        moves.commands.add(new SessionCommand.DeleteSession());
      }
      case PromptChange.Refused refused ->
          moves.publish(
              moves.prompt.turn(),
              new Rejected(
                  refused.code().code(), refused.writer(), refused.sequence(), refused.expected()));
      case PromptChange.Repeated _ -> repeatOutputs();
    }
  }

  private void segmentAdded(PromptChange.SegmentAdded added) {
    var segment = added.segment();
    moves.publish(
        added.turn(),
        new SegmentClosed(segment.index(), segment.start(), segment.end(), segment.closedBy()));
  }

  /** An edit of closed text: what rests on it is dropped, and a call that reads it is stopped. */
  private void reopened(PromptChange.Reopened reopened) {
    int kept = reopened.keptSegments();
    boolean thoughtAbout = reopened.turn() == moves.state.turn();
    if (thoughtAbout) {
      int before = moves.state.memory().size();
      moves.state = moves.state.forgettingFrom(kept);
      int inferences = moves.state.memory().size();
      if (inferences < before) {
        moves.commands.add(new SessionCommand.Forget(moves.state.turn(), inferences, before));
      }
      if (moves.state.phase() instanceof Thinking thinking && thinking.flight().segments() > kept) {
        moves.cancelFlight();
        moves.state = moves.state.in(new Composing());
      }
    }
    int keptInferences = thoughtAbout ? moves.state.memory().size() : 0;
    moves.publish(reopened.turn(), new Revised(reopened.revision(), kept, keptInferences));
  }

  private void submitted(PromptChange.Submitted submitted) {
    var complete =
        new Submission(
            submitted.turn(),
            submitted.revision(),
            submitted.segments(),
            submitted.hash(),
            moves.nowMillis);
    if (submitted.turn() > moves.state.turn()) {
      moves.state = moves.state.followedBy(complete);
      stopAnswer();
      return;
    }
    moves.state = moves.state.submitted(complete);
    switch (moves.state.phase()) {
      case Composing _ -> moves.answer();
      case Thinking thinking when isWaitedFor(thinking) ->
          moves.state = moves.state.in(thinking.submitted());
      case Thinking _ -> {
        moves.cancelFlight();
        moves.answer();
      }
      case AwaitingInference _, Answering _, Retrying _, Stopping _ ->
          throw new IllegalStateException("a turn is submitted once");
    }
  }

  /** A task that no worker has taken yet is no running inference. */
  private boolean isWaitedFor(Thinking thinking) {
    return moves.options.getOnSubmit() == OnSubmit.WAIT
        && thinking.flight().execution().isPresent();
  }

  private void cancelRequested(int turn) {
    if (turn == moves.state.turn()) stopAnswer();
    else if (turn < moves.state.turn()) moves.commands.add(new SessionCommand.RepeatEnd(turn));
  }

  private void stopAnswer() {
    switch (moves.state.phase()) {
      case Answering answering when answering.flight().execution().isPresent() -> {
        moves.cancelFlight();
        moves.state = moves.state.in(answering.stop(moves.nowMillis + times.stopMillis()));
      }
      case Answering _, Retrying _ -> moves.interrupted(0, "", "");
      case AwaitingInference _ -> {
        moves.cancelFlight();
        moves.interrupted(0, "", "");
      }
      case Composing _, Thinking _, Stopping _ -> {}
    }
  }

  // What the workers report

  private void claimed(Claimed claim) {
    Optional<Flight> inFlight =
        moves.state.phase().inFlight().filter(flight -> flight.is(claim.taskId(), claim.attempt()));
    boolean free = inFlight.isPresent() && inFlight.get().execution().isEmpty();
    boolean again = inFlight.filter(flight -> flight.runs(claim.execution().id())).isPresent();
    if (!free && !again) {
      moves.tell(claim.taskId(), claim.attempt(), claim.execution(), ControlCommand.CANCEL);
      return;
    }
    Flight flight = inFlight.get().claimedBy(claim.execution());
    switch (moves.state.phase()) {
      case Thinking _ -> {
        moves.state = moves.state.in(new Thinking(flight));
        grant(flight);
      }
      case AwaitingInference _ -> {
        moves.state = moves.state.in(new AwaitingInference(flight));
        grant(flight);
      }
      case Answering _ -> moves.state = moves.state.in(new Answering(flight));
      case Composing _, Retrying _, Stopping _ -> {}
    }
  }

  private void grant(Flight flight) {
    flight
        .execution()
        .ifPresent(
            execution ->
                moves.tell(flight.taskId(), flight.attempt(), execution, ControlCommand.GRANT));
    moves.publish(moves.state.turn(), new InferenceStarted(flight.step(), flight.segments()));
  }

  private void concluded(Concluded outcome) {
    if (outcome.turn() < moves.state.turn()) {
      moves.commands.add(new SessionCommand.RepeatEnd(outcome.turn()));
      return;
    }
    boolean counts =
        moves
            .state
            .phase()
            .inFlight()
            .filter(flight -> flight.is(outcome.taskId(), outcome.attempt()))
            .filter(flight -> flight.runs(outcome.executionId()))
            .isPresent();
    if (!counts) return;
    switch (moves.state.phase()) {
      case Thinking thinking -> inferred(thinking.flight(), outcome);
      case AwaitingInference awaiting -> {
        inferred(awaiting.flight(), outcome);
        moves.answer();
      }
      case Answering answering -> answered(answering, outcome);
      case Stopping _ ->
          moves.interrupted(outcome.attempt(), outcome.executionId(), outcome.text());
      case Composing _, Retrying _ -> {}
    }
  }

  private void inferred(Flight flight, Concluded outcome) {
    boolean sameInput = flight.inputHash() == outcome.inputHash();
    Optional<FailureCode> failure =
        sameInput ? outcome.failure() : Optional.of(FailureCode.CANCELLED);
    if (failure.isPresent()) {
      dropInference(flight, failure.get());
      return;
    }
    Optional<ActionReply> reply = ActionReply.parse(outcome.text(), actions());
    Action action = reply.map(ActionReply::action).orElse(Action.WAIT);
    if (action == Action.WAIT) {
      moves.state = moves.state.read(flight.segments());
    } else {
      int index = moves.state.memory().size();
      String kept = capped(outcome.text());
      moves.state = moves.state.remembering(kept, flight.segments());
      moves.commands.add(
          new SessionCommand.Remember(moves.state.turn(), index, kept, flight.segments()));
    }
    moves.state = moves.state.in(new Composing());
    moves.publish(
        moves.state.turn(),
        new Inferred(
            flight.step(),
            action,
            flight.segments(),
            reply.map(ActionReply::text).orElse(""),
            outcome.usage()));
  }

  /**
   * A failed inference costs nothing but itself: its segments are read together with the next ones.
   */
  private void dropInference(Flight flight, FailureCode code) {
    moves.state = moves.state.read(flight.segments()).in(new Composing());
    moves.publish(moves.state.turn(), new InferenceDropped(flight.step(), code.code()));
  }

  /** What a model sends is data: a reply that goes on for ever must not crowd out the prompt. */
  private static String capped(String reply) {
    if (reply.length() <= LONGEST_MEMORY) return reply;
    boolean insidePair = Character.isHighSurrogate(reply.charAt(LONGEST_MEMORY - 1));
    return reply.substring(0, insidePair ? LONGEST_MEMORY - 1 : LONGEST_MEMORY);
  }

  private ActionSet actions() {
    return moves.options.getActions();
  }

  private void answered(Answering answering, Concluded outcome) {
    Flight flight = answering.flight();
    boolean sameInput = flight.inputHash() == outcome.inputHash();
    if (sameInput && outcome.failure().isEmpty()) {
      moves.completed(outcome);
      return;
    }
    FailureCode code = outcome.failure().orElse(FailureCode.CANCELLED);
    boolean worthAnotherAttempt = code.retryable() || code == FailureCode.CANCELLED;
    if (!worthAnotherAttempt || flight.attempt() >= times.maximumAttempts()) {
      moves.failed(code);
      return;
    }
    long pause = pauseBefore(flight.attempt(), outcome.retryAfterMillis());
    moves.state =
        moves.state.in(
            answering.retryAt(
                flight.nextAttempt(moves.nowMillis + pause), moves.nowMillis + pause));
  }

  private long pauseBefore(int attempt, long retryAfterMillis) {
    long doubled = (long) times.firstRetryMillis() << Math.min(attempt - 1, 16);
    return Math.min(Math.max(doubled, retryAfterMillis), times.longestRetryMillis());
  }

  // What time does

  private void leaseExpired(LeaseExpired expired) {
    Optional<Flight> lost =
        moves
            .state
            .phase()
            .inFlight()
            .filter(flight -> flight.is(expired.taskId(), expired.attempt()));
    if (lost.isEmpty()) return;
    moves.cancelFlight();
    Flight flight = lost.get();
    boolean exhausted = flight.attempt() >= times.maximumAttempts();
    Flight next = flight.nextAttempt(moves.nowMillis);
    switch (moves.state.phase()) {
      case Thinking _ when exhausted -> dropInference(flight, FailureCode.ATTEMPTS_EXHAUSTED);
      case AwaitingInference _ when exhausted -> {
        dropInference(flight, FailureCode.ATTEMPTS_EXHAUSTED);
        moves.answer();
      }
      case Answering _ when exhausted -> moves.failed(FailureCode.ATTEMPTS_EXHAUSTED);
      case Thinking _ -> moves.dispatch(new Thinking(next), next);
      case AwaitingInference _ -> moves.dispatch(new AwaitingInference(next), next);
      case Answering _ -> moves.dispatch(new Answering(next), next);
      case Stopping _ -> moves.interrupted(flight.attempt(), "", "");
      case Composing _, Retrying _ -> {}
    }
  }

  private void timePassed() {
    boolean turnIsLate =
        moves
            .state
            .submission()
            .filter(
                submission ->
                    moves.nowMillis
                        >= submission.atMillis() + moves.options.getTurnDeadlineMillis())
            .isPresent();
    switch (moves.state.phase()) {
      case Stopping stopping when moves.nowMillis >= stopping.giveUpAtMillis() ->
          moves.interrupted(stopping.flight().attempt(), "", "");
      case Phase _ when turnIsLate -> {
        moves.cancelFlight();
        moves.failed(FailureCode.TURN_DEADLINE);
      }
      case Retrying retrying when moves.nowMillis >= retrying.retryAtMillis() ->
          moves.dispatch(retrying.due(), retrying.flight());
      case Composing _, Thinking _, AwaitingInference _, Answering _, Retrying _, Stopping _ -> {}
    }
  }

  /** Each of these is idempotent at its reader. */
  private void repeatOutputs() {
    if (moves.state.turn() > 0)
      moves.commands.add(new SessionCommand.RepeatEnd(moves.state.turn() - 1));
    Optional<Flight> inFlight = moves.state.phase().inFlight();
    if (inFlight.isEmpty()) return;
    Flight flight = inFlight.get();
    if (flight.execution().isEmpty()) {
      moves.commands.add(new SessionCommand.Dispatch(moves.state.turn(), flight));
    } else if (moves.state.phase() instanceof Stopping) {
      moves.cancelFlight();
    } else if (!flight.answer()) {
      grant(flight);
    }
  }
}
