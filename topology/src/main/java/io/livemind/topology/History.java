package io.livemind.topology;

import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Role;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.topology.prompt.Summaries;
import io.livemind.topology.state.SessionStore;
import io.livemind.topology.state.avro.StoredHistory;
import io.livemind.topology.state.avro.StoredMessage;
import io.livemind.topology.state.avro.StoredTurn;
import java.util.ArrayList;
import java.util.List;

/**
 * The finished turns of a session as a call may tell them: a summary of the first ones, if there is
 * one, then the others as they were sent and answered. What does not fit the context window is left
 * out, from the oldest on.
 */
final class History {
  /** Share of the context window that is left for the reply. */
  private static final double REPLY = 0.125;

  /** Only the limits of a record hold. */
  private static final SessionOptions UNCUT =
      SessionOptions.newBuilder().setContextTokens(0).build();

  private final SessionStore store;
  private final TaskLimits limits;
  private final TopologyMeters meters;

  History(SessionStore store, TaskLimits limits, TopologyMeters meters) {
    this.store = store;
    this.meters = meters;
    this.limits = limits;
  }

  /**
   * Messages of the turns before this one.
   *
   * @param ownTokens what the call takes of the window without them
   */
  List<Message> before(String session, int turn, SessionOptions options, int ownTokens) {
    List<List<Message>> pieces = pieces(session, turn);
    int room =
        options.getContextTokens() == 0
            ? Integer.MAX_VALUE
            : (int) (options.getContextTokens() * (1 - REPLY)) - ownTokens;
    int from = pieces.size();
    int length = limits.historyLength();
    for (int left = room; from > 0; from--) {
      left -= TokenEstimate.of(pieces.get(from - 1));
      for (Message message : pieces.get(from - 1)) length -= message.getContent().length();
      if (left < 0 || length < 0) break;
    }
    if (from > 0) meters.historyCut();
    return pieces.subList(from, pieces.size()).stream().flatMap(List::stream).toList();
  }

  /** All that a summary of the turns before this one must hold. */
  List<Message> toSummarize(String session, int firstKeptTurn) {
    return before(session, firstKeptTurn, UNCUT, 0);
  }

  /** A turn has become history. */
  void add(String session, StoredTurn turn) {
    StoredHistory before = stored(session);
    store.putTurn(session, turn);
    if (before.getTurns() > turn.getTurn()) return;
    int tokens = before.getTokens() + turn.getTokens();
    store.putHistory(
        session,
        new StoredHistory(before.getFirstTurn(), before.getSummary(), tokens, turn.getTurn() + 1));
  }

  /** A summary takes the place of the turns before this one. */
  void summarize(String session, int firstTurn, String summary, int turns) {
    int tokens = TokenEstimate.of(summary);
    for (StoredTurn kept : store.turns(session, firstTurn, turns)) tokens += kept.getTokens();
    store.putHistory(session, new StoredHistory(firstTurn, summary, tokens, turns));
  }

  private StoredHistory stored(String session) {
    return store.history(session).orElse(new StoredHistory(0, "", 0, 0));
  }

  private List<List<Message>> pieces(String session, int turn) {
    List<List<Message>> pieces = new ArrayList<>();
    StoredHistory stored = stored(session);
    if (!stored.getSummary().isEmpty()) pieces.add(Summaries.inHistory(stored.getSummary()));
    for (StoredTurn past : store.turns(session, stored.getFirstTurn(), turn)) {
      if (past.getFailure().isEmpty()) pieces.add(messages(past));
    }
    return pieces;
  }

  /** A turn that was answered, if only in part; one that failed was never seen. */
  private static List<Message> messages(StoredTurn past) {
    List<Message> messages = new ArrayList<>();
    for (StoredMessage message : past.getMessages()) {
      messages.add(new Message(Role.valueOf(message.getRole()), message.getContent()));
    }
    messages.add(new Message(Role.ASSISTANT, answer(past)));
    return messages;
  }

  private static String answer(StoredTurn past) {
    return past.getInterrupted() ? past.getAnswer() + " [interrupted]" : past.getAnswer();
  }
}
