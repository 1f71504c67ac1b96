package io.livemind.topology;

import io.livemind.topology.state.Head;
import io.livemind.topology.state.SessionStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The sessions that an instance finds when it is given a partition. Those that changed within three
 * commit intervals of the latest change may have outputs that were lost with the former owner.
 */
final class Takeover {
  private static final int INTERVALS = 3;

  /** Is shown each session once. */
  interface Visitor {
    void open(String session, Head head, boolean changedLately);

    /** A session that was deleted; parts of it may be left. */
    void deleted(String session, long atMillis, boolean parts);
  }

  private final SessionStore store;
  private final long latelyMillis;

  Takeover(SessionStore store, Duration commitInterval) {
    this.store = store;
    this.latelyMillis = INTERVALS * commitInterval.toMillis();
  }

  /** Shows all sessions; the visitor must not change the store. */
  void sessions(Visitor visitor, long nowMillis) {
    Map<String, Head> heads = new LinkedHashMap<>();
    store.forEachSession(
        new SessionStore.Visitor() {
          @Override
          public void open(String session, Head head) {
            heads.put(session, head);
          }

          @Override
          public void deleted(String session, OptionalLong atMillis, boolean parts) {
            visitor.deleted(session, atMillis.orElse(nowMillis), parts);
          }
        });
    long latest =
        heads.values().stream().mapToLong(Head::changedAtMillis).max().orElse(Long.MIN_VALUE);
    heads.forEach(
        (session, head) ->
            visitor.open(session, head, head.changedAtMillis() >= latest - latelyMillis));
  }
}
