package io.livemind.topology.session;

import io.livemind.schemas.ActionReply;
import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.Action;
import io.livemind.schemas.avro.ControlCommand;
import io.livemind.schemas.avro.DraftEnded;
import io.livemind.schemas.avro.InferenceDropped;
import io.livemind.schemas.avro.InferenceStarted;
import io.livemind.schemas.avro.Inferred;
import io.livemind.topology.session.Flight.Purpose;
import io.livemind.topology.session.Phase.Answering;
import io.livemind.topology.session.Phase.AwaitingInference;
import io.livemind.topology.session.Phase.Composing;
import io.livemind.topology.session.Phase.Drafting;
import io.livemind.topology.session.Phase.Retrying;
import io.livemind.topology.session.Phase.Stopping;
import io.livemind.topology.session.Phase.Thinking;
import io.livemind.topology.session.SessionEvent.Claimed;
import io.livemind.topology.session.SessionEvent.Concluded;
import java.util.Optional;

/** What becomes of a session when a worker takes a task, or a model call ends. */
public final class WorkerRules {
  /** UTF-16 units of one inference in the memory; some ten times what the prompts ask for. */
  public static final int LONGEST_MEMORY = 8_192;

  private final SessionTimes times;
  private final Moves moves;
  private final DraftRules drafts;

  WorkerRules(SessionTimes times, Moves moves, DraftRules drafts) {
    this.times = times;
    this.moves = moves;
    this.drafts = drafts;
  }

  /** The first claim of an attempt holds; any other is cancelled. */
  void claimed(Claimed claim) {
    Optional<Flight> inFlight =
        moves.state.phase().inFlight().filter(flight -> flight.is(claim.taskId(), claim.attempt()));
    boolean free = inFlight.isPresent() && inFlight.get().execution().isEmpty();
    boolean again = inFlight.filter(flight -> flight.runs(claim.execution().id())).isPresent();
    if (!free && !again) {
      moves.tell(claim.taskId(), claim.attempt(), claim.execution(), ControlCommand.CANCEL);
      return;
    }
    Flight flight = inFlight.get().claimedBy(claim.execution());
    moves.state = moves.state.in(moves.state.phase().with(flight));
    if (flight.purpose() != Purpose.ANSWER || claim.asksGrant()) grant(flight);
  }

  /** Lets a call start, and again if the word may have been lost. */
  void grant(Flight flight) {
    moves.tell(flight, ControlCommand.GRANT);
    if (flight.purpose() == Purpose.INFERENCE)
      moves.publish(moves.state.turn(), new InferenceStarted(flight.step(), flight.segments()));
  }

  /** An outcome counts only for the execution that was let to run; each costs. */
  void concluded(Concluded outcome) {
    Optional<Flight> counts =
        moves
            .state
            .phase()
            .inFlight()
            .filter(_ -> outcome.turn() == moves.state.turn())
            .filter(flight -> flight.is(outcome.taskId(), outcome.attempt()))
            .filter(flight -> flight.runs(outcome.executionId()));
    spend(outcome, counts);
    if (counts.isPresent()) concluded(counts.get(), outcome);
    else if (outcome.turn() < moves.state.turn())
      moves.commands.add(new SessionCommand.RepeatEnd(outcome.turn()));
  }

  private void spend(Concluded outcome, Optional<Flight> counts) {
    boolean answer = counts.filter(flight -> flight.purpose() == Purpose.ANSWER).isPresent();
    boolean ofTurn = outcome.turn() == moves.state.turn() && !answer;
    boolean wasted = counts.isEmpty() || outcome.failure().isPresent();
    moves.state =
        moves.state.with(
            moves
                .state
                .spending()
                .ended(
                    outcome.usage(), outcome.text().length(), ofTurn, wasted, moves.nowMillis()));
  }

  private void concluded(Flight flight, Concluded outcome) {
    switch (moves.state.phase()) {
      case Thinking _ -> thought(flight, outcome);
      case Drafting _ -> drafts.concluded(flight, outcome);
      case AwaitingInference _ -> {
        thought(flight, outcome);
        moves.answer();
      }
      case Answering answering -> answered(answering, outcome);
      case Stopping _ ->
          moves.interrupted(outcome.attempt(), outcome.executionId(), outcome.text());
      case Composing _, Retrying _ -> {}
    }
  }

  private void thought(Flight flight, Concluded outcome) {
    boolean sameInput = flight.inputHash() == outcome.inputHash();
    Optional<FailureCode> failure =
        sameInput ? outcome.failure() : Optional.of(FailureCode.CANCELLED);
    if (failure.isPresent()) {
      drop(flight, failure.get());
      return;
    }
    moves.idle();
    switch (flight.purpose()) {
      case INFERENCE -> inferred(flight, outcome);
      case SUMMARY -> summarized(flight, outcome);
      case HISTORY -> summarizedHistory(flight, outcome);
      case DRAFT, ANSWER -> throw new IllegalStateException("an answer is no thought");
    }
  }

  private void inferred(Flight flight, Concluded outcome) {
    Optional<ActionReply> reply = ActionReply.parse(outcome.text(), moves.options.getActions());
    Action action = reply.map(ActionReply::action).orElse(Action.WAIT);
    if (action == Action.WAIT) {
      moves.state = moves.state.with(moves.state.progress().read(flight.segments()));
    } else {
      String kept = capped(outcome.text());
      remember(
          flight, kept, moves.state.progress().remembering(flight.step(), kept, flight.segments()));
    }
    publish(flight, action, reply.map(ActionReply::text).orElse(""), outcome);
  }

  /** The summary takes the place of everything that the model concluded in the turn. */
  private void summarized(Flight flight, Concluded outcome) {
    String text = summary(outcome);
    if (text.isEmpty()) {
      drop(flight, FailureCode.MALFORMED);
      return;
    }
    String reply = new ActionReply(Action.SUMMARIZE, text).format();
    moves.commands.add(
        new SessionCommand.Forget(moves.state.turn(), moves.state.progress().rememberedSteps()));
    remember(flight, reply, moves.state.progress().summarized(flight.step(), reply));
    publish(flight, Action.SUMMARIZE, text, outcome);
  }

  /** The summary takes the place of the older turns; a call that wrote none leaves them there. */
  private void summarizedHistory(Flight flight, Concluded outcome) {
    String text = summary(outcome);
    if (text.isEmpty()) drop(flight, FailureCode.MALFORMED);
    else moves.commands.add(new SessionCommand.SummarizeHistory(flight.segments(), text));
  }

  /** Empty: a backend may end a call well without a word. */
  private static String summary(Concluded outcome) {
    return capped(outcome.text()).strip();
  }

  private void remember(Flight flight, String reply, TurnProgress progress) {
    moves.state = moves.state.with(progress);
    moves.commands.add(
        new SessionCommand.Remember(moves.state.turn(), flight.step(), reply, flight.segments()));
  }

  private void publish(Flight flight, Action action, String text, Concluded outcome) {
    moves.publish(
        moves.state.turn(),
        new Inferred(flight.step(), action, flight.segments(), text, outcome.usage()));
  }

  /**
   * A thought that came to nothing costs nothing but itself: its segments are read together with
   * the next ones.
   */
  void drop(Flight flight, FailureCode code) {
    moves.idle();
    if (flight.purpose() == Purpose.INFERENCE)
      moves.state = moves.state.with(moves.state.progress().read(flight.segments()));
    moves.publish(moves.state.turn(), new InferenceDropped(flight.step(), code.code()));
  }

  /** What a model sends is data: a reply that goes on for ever must not crowd out the prompt. */
  private static String capped(String reply) {
    if (reply.length() <= LONGEST_MEMORY) return reply;
    boolean insidePair = Character.isHighSurrogate(reply.charAt(LONGEST_MEMORY - 1));
    return reply.substring(0, insidePair ? LONGEST_MEMORY - 1 : LONGEST_MEMORY);
  }

  private void answered(Answering answering, Concluded outcome) {
    Flight flight = answering.flight();
    boolean sameInput = flight.inputHash() == outcome.inputHash();
    if (sameInput && outcome.failure().isEmpty()) {
      if (flight.purpose() == Purpose.DRAFT)
        moves.publish(moves.state.turn(), new DraftEnded(flight.step(), true, outcome.usage()));
      moves.completed(outcome.attempt(), outcome.executionId(), outcome.text(), outcome.usage());
      return;
    }
    FailureCode code = outcome.failure().orElse(FailureCode.CANCELLED);
    boolean worthAnotherAttempt = code.retryable() || code == FailureCode.CANCELLED;
    if (!worthAnotherAttempt || flight.attempt() >= times.maximumAttempts()) {
      moves.failed(code);
      return;
    }
    long at = moves.nowMillis() + pauseBefore(flight.attempt(), outcome.retryAfterMillis());
    moves.state = moves.state.in(answering.retryAt(flight.nextAttempt(at), at));
  }

  private long pauseBefore(int attempt, long retryAfterMillis) {
    long doubled = (long) times.firstRetryMillis() << Math.min(attempt - 1, 16);
    return Math.min(Math.max(doubled, retryAfterMillis), times.longestRetryMillis());
  }
}
