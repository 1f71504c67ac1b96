package io.livemind.topology;

import io.livemind.topology.state.Head;
import io.livemind.topology.state.SessionStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sessions that an instance finds when it is given a partition. Those that changed within three
 * commit intervals of the latest change may have outputs that were lost with the former owner.
 */
final class Takeover {
  private static final int INTERVALS = 3;

  /** Is shown each session once. */
  interface Visitor {
    void open(String session, Head head, boolean changedLately);

    void deleted(String session, long atMillis);

    /** Parts are left of a session that is not open. */
    void leftOver(String session);
  }

  private final SessionStore store;
  private final long latelyMillis;

  Takeover(SessionStore store, Duration commitInterval) {
    this.store = store;
    this.latelyMillis = INTERVALS * commitInterval.toMillis();
  }

  /** Shows all sessions; the visitor must not change the store. */
  void sessions(Visitor visitor) {
    Map<String, Head> heads = new LinkedHashMap<>();
    store.forEachSession(
        new SessionStore.Visitor() {
          @Override
          public void open(String session, Head head) {
            heads.put(session, head);
          }

          @Override
          public void deleted(String session, long atMillis) {
            visitor.deleted(session, atMillis);
          }

          @Override
          public void leftOver(String session) {
            visitor.leftOver(session);
          }
        });
    long latest =
        heads.values().stream().mapToLong(Head::changedAtMillis).max().orElse(Long.MIN_VALUE);
    heads.forEach(
        (session, head) ->
            visitor.open(session, head, head.changedAtMillis() >= latest - latelyMillis));
  }
}
