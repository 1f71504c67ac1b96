package io.livemind.topology;

import io.livemind.topology.state.Head;
import io.livemind.topology.state.SessionStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sessions that an instance finds when it is given a partition. Those that changed within three
 * commit intervals of the latest change may have outputs that were lost with the former owner.
 */
final class Takeover {
  private static final int INTERVALS = 3;

  private final SessionStore store;
  private final long latelyMillis;

  Takeover(SessionStore store, Duration commitInterval) {
    this.store = store;
    this.latelyMillis = INTERVALS * commitInterval.toMillis();
  }

  /**
   * Shows each session once, and keeps no more of it than its name; the visitor must not change the
   * store.
   *
   * @return the open sessions that changed lately
   */
  List<String> sessions(SessionStore.Visitor visitor) {
    Map<String, Long> changedAtMillis = new LinkedHashMap<>();
    store.forEachSession(
        new SessionStore.Visitor() {
          @Override
          public void open(String session, Head head) {
            changedAtMillis.put(session, head.changedAtMillis());
            visitor.open(session, head);
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
        changedAtMillis.values().stream().mapToLong(Long::longValue).max().orElse(Long.MIN_VALUE);
    return changedAtMillis.entrySet().stream()
        .filter(session -> session.getValue() >= latest - latelyMillis)
        .map(Map.Entry::getKey)
        .toList();
  }
}
