package io.livemind.topology;

import io.livemind.topology.session.SessionEvent.Concluded;
import io.livemind.topology.session.Spending;
import io.livemind.topology.state.Head;
import io.livemind.topology.state.SessionStore;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Deletes sessions, and tells their readers. A call that runs meanwhile has still to be paid for:
 * of a session that spent something and has an owner, these two are known for as long as that it
 * was deleted.
 */
final class Deletions {
  private final ProcessorContext<?, ?> context;
  private final SessionStore store;
  private final Outbox outbox;
  private final KnownSessions known;

  Deletions(
      ProcessorContext<?, ?> context, SessionStore store, Outbox outbox, KnownSessions known) {
    this.context = context;
    this.store = store;
    this.outbox = outbox;
    this.known = known;
  }

  void delete(String session, Head last, long nowMillis) {
    int turn = last.state().turn();
    outbox.deleted(session, last.answersPartition(), turn);
    // A reader waits there already.
    if (last.movingTo() != Head.STAYS) outbox.deleted(session, last.movingTo(), turn);
    known.deleted();
    store.delete(session, nowMillis);
    boolean owes = !last.ownerDigest().isEmpty() && !last.state().spending().equals(Spending.NONE);
    if (owes) store.putSpent(session, last.withoutContent(nowMillis));
  }

  /** Its fragments have left the log. */
  void forget(String session) {
    store.forgetDeleted(session);
    known.forgotten();
  }

  /** A call of a session that is not open has ended. */
  void concluded(String session, Concluded outcome) {
    long nowMillis = context.currentSystemTimeMs();
    store
        .spent(session)
        .ifPresent(
            head -> {
              Spending spending = head.state().spending().endedAfterwards(outcome, nowMillis);
              outbox.usage(session, head.ownerDigest(), spending);
              store.putSpent(session, head.with(spending));
            });
  }
}
