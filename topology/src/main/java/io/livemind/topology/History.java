package io.livemind.topology;

import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Role;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.topology.prompt.Summaries;
import io.livemind.topology.state.SessionStore;
import io.livemind.topology.state.avro.StoredHistory;
import io.livemind.topology.state.avro.StoredMessage;
import io.livemind.topology.state.avro.StoredTurn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

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
    StoredHistory stored = stored(session);
    int window =
        options.getContextTokens() == 0
            ? Integer.MAX_VALUE
            : (int) (options.getContextTokens() * (1 - REPLY)) - ownTokens;
    var room = new Room(window, limits.historyLength());
    // One turn at a time: all that a session may have would not fit the heap.
    for (int earlier = turn - 1; earlier >= stored.getFirstTurn(); earlier--) {
      Optional<StoredTurn> past = answered(session, earlier);
      if (past.isPresent() && !room.takes(messages(past.get()))) return cut(room);
    }
    boolean inShort = !stored.getSummary().isEmpty();
    if (inShort && !room.takes(Summaries.inHistory(stored.getSummary()))) return cut(room);
    return room.messages();
  }

  private List<Message> cut(Room room) {
    meters.historyCut();
    return room.messages();
  }

  /** What is left of the window and the record, filled from the latest turn back. */
  private static final class Room {
    private final Deque<List<Message>> pieces = new ArrayDeque<>();
    private int tokens;
    private int length;

    Room(int tokens, int length) {
      this.tokens = tokens;
      this.length = length;
    }

    /** Whether the piece still fits; nothing is taken after one that does not. */
    boolean takes(List<Message> piece) {
      tokens -= TokenEstimate.of(piece);
      for (Message message : piece) length -= message.getContent().length();
      if (tokens < 0 || length < 0) return false;
      pieces.addFirst(piece);
      return true;
    }

    List<Message> messages() {
      return pieces.stream().flatMap(List::stream).toList();
    }
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
    for (int kept = firstTurn; kept < turns; kept++)
      tokens += store.turn(session, kept).map(StoredTurn::getTokens).orElse(0);
    store.putHistory(session, new StoredHistory(firstTurn, summary, tokens, turns));
  }

  private StoredHistory stored(String session) {
    return store.history(session).orElse(new StoredHistory(0, "", 0, 0));
  }

  /** A turn that was answered, if only in part; one that failed was never seen. */
  private Optional<StoredTurn> answered(String session, int turn) {
    return store.turn(session, turn).filter(past -> past.getFailure().isEmpty());
  }

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
