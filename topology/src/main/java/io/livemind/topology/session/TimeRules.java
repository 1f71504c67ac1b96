package io.livemind.topology.session;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.ModelUsage;
import io.livemind.topology.session.Phase.Answering;
import io.livemind.topology.session.Phase.AwaitingInference;
import io.livemind.topology.session.Phase.Composing;
import io.livemind.topology.session.Phase.Drafting;
import io.livemind.topology.session.Phase.Retrying;
import io.livemind.topology.session.Phase.Stopping;
import io.livemind.topology.session.Phase.Thinking;
import io.livemind.topology.session.SessionEvent.LeaseExpired;
import java.util.Optional;

/** What becomes of a session when a lease runs out, or a point in time comes. */
final class TimeRules {
  /**
   * When to look again for something to think about, while the workers are busy. Longer than people
   * rest between two keys, for each key puts it off, so that only who has stopped is looked at; and
   * so long that what all of them want does not come at once when the workers are free again.
   */
  private static final int LOOK_AGAIN_MILLIS = 5_000;

  private final SessionTimes times;
  private final Moves moves;
  private final ThinkingRules thinking;
  private final DraftRules drafts;
  private final WorkerRules workers;

  TimeRules(
      SessionTimes times,
      Moves moves,
      ThinkingRules thinking,
      DraftRules drafts,
      WorkerRules workers) {
    this.times = times;
    this.moves = moves;
    this.thinking = thinking;
    this.drafts = drafts;
    this.workers = workers;
  }

  /** When time has to pass next; {@link Long#MAX_VALUE}: never. */
  long dueAtMillis() {
    long deadline = deadlineMillis();
    return switch (moves.state.phase()) {
      case Retrying retrying -> Math.min(deadline, retrying.retryAtMillis());
      case Stopping stopping -> Math.min(deadline, stopping.giveUpAtMillis());
      case Composing _ -> Math.min(deadline, advanceAtMillis());
      case Thinking _, Drafting _, AwaitingInference _, Answering _ -> deadline;
    };
  }

  private long deadlineMillis() {
    return moves
        .state
        .submission()
        .map(submission -> submission.atMillis() + moves.options.getTurnDeadlineMillis())
        .orElse(Long.MAX_VALUE);
  }

  /** When a call in advance is due: a draft after its pause, a thought when the load allows it. */
  private long advanceAtMillis() {
    long earliest = moves.nowMillis() + (moves.moment.overloaded() ? LOOK_AGAIN_MILLIS : 0);
    if (thinking.wanted()) return earliest;
    long draft = drafts.dueAtMillis();
    return draft == Long.MAX_VALUE ? draft : Math.max(draft, earliest);
  }

  /** Nobody claimed the attempt, or its worker went silent. */
  void leaseExpired(LeaseExpired expired) {
    moves
        .state
        .phase()
        .inFlight()
        .filter(flight -> flight.is(expired.taskId(), expired.attempt()))
        .ifPresent(this::lost);
  }

  private void lost(Flight flight) {
    moves.cancelFlight();
    Optional<FailureCode> end = endOf(flight);
    Flight next = flight.nextAttempt(moves.nowMillis());
    switch (moves.state.phase()) {
      case Thinking _ when end.isPresent() -> workers.drop(flight, end.get());
      case AwaitingInference _ when end.isPresent() -> {
        workers.drop(flight, end.get());
        moves.answer();
      }
      case Answering _ when end.isPresent() -> moves.failed(end.get());
      case Thinking _, AwaitingInference _, Answering _ ->
          moves.dispatch(moves.state.phase().with(next), next);
      case Drafting _ -> drafts.drop(ModelUsage.newBuilder().build());
      case Stopping _ -> moves.interrupted(flight.attempt(), "", "");
      case Composing _, Retrying _ -> {}
    }
  }

  /** Why there is no further attempt; empty: there is one. */
  private Optional<FailureCode> endOf(Flight flight) {
    if (flight.attempt() >= times.maximumAttempts())
      return Optional.of(FailureCode.ATTEMPTS_EXHAUSTED);
    return moves.state.spending().allowsCall(moves.options)
        ? Optional.empty()
        : Optional.of(FailureCode.BUDGET_SPENT);
  }

  void timePassed() {
    switch (moves.state.phase()) {
      case Stopping stopping when moves.nowMillis() >= stopping.giveUpAtMillis() ->
          moves.interrupted(stopping.flight().attempt(), "", "");
      case Phase _ when moves.nowMillis() >= deadlineMillis() -> {
        moves.cancelFlight();
        moves.failed(FailureCode.TURN_DEADLINE);
      }
      case Retrying retrying when moves.nowMillis() >= retrying.retryAtMillis() -> retry(retrying);
      case Composing _,
          Thinking _,
          Drafting _,
          AwaitingInference _,
          Answering _,
          Retrying _,
          Stopping _ -> {}
    }
  }

  private void retry(Retrying retrying) {
    if (moves.state.spending().allowsCall(moves.options))
      moves.dispatch(retrying.due(), retrying.flight());
    else moves.failed(FailureCode.BUDGET_SPENT);
  }
}
