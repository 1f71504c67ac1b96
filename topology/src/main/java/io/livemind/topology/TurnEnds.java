package io.livemind.topology;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.Cancelled;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Failed;
import io.livemind.schemas.avro.ModelUsage;
import io.livemind.topology.session.SessionCommand.FinishTurn;
import io.livemind.topology.session.SessionCommand.SummarizeHistory;
import io.livemind.topology.state.Head;
import io.livemind.topology.state.SessionStore;
import io.livemind.topology.state.avro.StoredTurn;
import org.apache.avro.specific.SpecificRecord;

/** Makes history of a turn that has ended, and tells its end again. */
final class TurnEnds {
  private final SessionStore store;
  private final TaskRenderer renderer;
  private final Outbox outbox;
  private final History history;

  TurnEnds(SessionStore store, History history, TaskRenderer renderer, Outbox outbox) {
    this.store = store;
    this.renderer = renderer;
    this.outbox = outbox;
    this.history = history;
  }

  /** Keeps what was sent and answered, and lets go of the turn's parts. */
  void finish(String session, Head head, FinishTurn finish) {
    history.add(session, renderer.finished(session, head, finish));
    store.forgetTurnParts(session, finish.turn());
  }

  /** The turns before {@code firstTurn} are in short now; {@code turns} have ended. */
  void summarize(String session, SummarizeHistory summary, int turns) {
    history.summarize(session, summary.firstTurn(), summary.summary(), turns);
  }

  /** Whoever waits for the end of this turn may have missed it. */
  void repeat(String session, int answersPartition, int turn) {
    store
        .turn(session, turn)
        .ifPresent(end -> outbox.answer(session, answersPartition, turn, event(end)));
  }

  private static SpecificRecord event(StoredTurn end) {
    if (end.getFailure().isPresent()) return failed(end.getFailure().get());
    return end.getInterrupted()
        ? new Cancelled(end.getAnswer())
        : new Completed(
            end.getAttempt(), end.getExecution(), end.getAnswer(), ModelUsage.newBuilder().build());
  }

  private static Failed failed(String code) {
    return new Failed(code, FailureCode.of(code).map(FailureCode::remedy).orElse(""));
  }
}
