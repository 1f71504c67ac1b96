package io.livemind.topology;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * When to look at which session again: one point in time a session, in memory.
 *
 * <p>An entry is re-armed lazily: moving a session's time later costs a map entry, and the queue
 * finds out when the old time comes. A look costs what is due, not what exists; the map holds the
 * sessions that wait for something, and is rebuilt by a scan at assignment.
 *
 * <p>Threading: owned by one Streams thread.
 */
public final class Timers {
  /** Sessions handled in one look, so that a burst of expiries cannot hold up the records. */
  private static final int MOST_AT_ONCE = 1_000;

  private record Entry(long atMillis, String session) {}

  /** When the session wants to be looked at, and for when the queue holds its valid entry. */
  private record Wait(long wantedMillis, long armedMillis) {}

  private final Map<String, Wait> waits = new HashMap<>();
  private final PriorityQueue<Entry> queue =
      new PriorityQueue<>(Comparator.comparingLong(Entry::atMillis));

  /** Sets the session's time; {@link Long#MAX_VALUE} takes it off. */
  public void set(String session, long atMillis) {
    if (atMillis == Long.MAX_VALUE) {
      waits.remove(session);
      return;
    }
    Wait before = waits.get(session);
    if (before != null && before.armedMillis() <= atMillis) {
      waits.put(session, new Wait(atMillis, before.armedMillis()));
    } else {
      arm(session, atMillis);
    }
  }

  /** Takes off what is due, the earliest first. */
  public List<String> due(long nowMillis) {
    List<String> sessions = new ArrayList<>();
    while (sessions.size() < MOST_AT_ONCE
        && !queue.isEmpty()
        && queue.peek().atMillis() <= nowMillis) {
      Entry entry = queue.poll();
      Wait wait = waits.get(entry.session());
      if (wait == null || wait.armedMillis() != entry.atMillis()) continue;
      if (wait.wantedMillis() > nowMillis) {
        arm(entry.session(), wait.wantedMillis());
      } else {
        waits.remove(entry.session());
        sessions.add(entry.session());
      }
    }
    return sessions;
  }

  private void arm(String session, long atMillis) {
    waits.put(session, new Wait(atMillis, atMillis));
    queue.add(new Entry(atMillis, session));
    if (queue.size() > 2 * waits.size() + MOST_AT_ONCE) dropOutdated();
  }

  /** An entry that an earlier one replaced lies in the queue until its time, which may be a day. */
  private void dropOutdated() {
    queue.clear();
    waits.forEach((session, wait) -> queue.add(new Entry(wait.armedMillis(), session)));
  }

  /** Entries that are held, outdated ones included. */
  int held() {
    return queue.size();
  }
}
