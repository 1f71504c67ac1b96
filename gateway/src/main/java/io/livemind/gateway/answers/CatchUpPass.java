package io.livemind.gateway.answers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * One pass over a partition, for all that want something of it. The newest stretch is read first,
 * and each record once: who wants little has it before those are served who want much.
 *
 * <p>Threading: one thread.
 *
 * <p>Waiting: it reads for 10 s at most; whoever is not served then gets what was found, as not
 * complete.
 */
final class CatchUpPass {
  /** Records, of all sessions, that are read at once for all whose first one is among them. */
  private static final int TOGETHER = 10_000;

  static final Duration LONGEST = Duration.ofSeconds(10);

  private final AnswerHistory history;
  private final int partition;
  private final List<Wanted> open;
  private final Map<String, List<Wanted>> bySession = new HashMap<>();
  private long leftNanos = LONGEST.toNanos();

  /** The stretch that is read: from its begin to its end, and how far it was. */
  private long begin;

  private long end;
  private long at;

  /**
   * @param wanted one at least
   */
  CatchUpPass(AnswerHistory history, int partition, List<Wanted> wanted) {
    this.history = history;
    this.partition = partition;
    open = new ArrayList<>(wanted);
    open.sort(Comparator.comparingLong(Wanted::from));
    for (Wanted each : wanted)
      bySession.computeIfAbsent(each.session(), _ -> new ArrayList<>()).add(each);
    end = wanted.stream().mapToLong(Wanted::to).max().orElse(0);
    beginStretch();
  }

  /** Whether what is wanted lies so near that a pass for it is short. */
  static boolean isNear(Wanted wanted) {
    return wanted.to() - wanted.from() <= TOGETHER;
  }

  int partition() {
    return partition;
  }

  /** Clients that wait for it. */
  int size() {
    return open.size();
  }

  /**
   * Reads on; returns whether all are answered.
   *
   * @param longest for how long, and one piece of the history more
   */
  boolean read(Duration longest, BooleanSupplier goOn) {
    long from = System.nanoTime();
    long allowed = Math.min(longest.toNanos(), leftNanos);
    while (!open.isEmpty() && goOn.getAsBoolean()) {
      if (at >= end) endStretch();
      else if (System.nanoTime() - from >= allowed) break;
      else at = history.read(partition, at, end, bySession::containsKey, this::take);
    }
    leftNanos -= System.nanoTime() - from;
    if (leftNanos <= 0) giveUp();
    return open.isEmpty();
  }

  private void take(AnswerRecord answer) {
    bySession.getOrDefault(answer.session(), List.of()).forEach(each -> each.take(answer));
  }

  private void beginStretch() {
    long newest = open.getLast().from();
    begin =
        open.stream()
            .mapToLong(Wanted::from)
            .filter(from -> newest - from <= TOGETHER)
            .min()
            .orElse(newest);
    at = begin;
  }

  private void endStretch() {
    open.forEach(Wanted::endStretch);
    while (!open.isEmpty() && open.getLast().from() >= begin) leave(open.removeLast()).finish(true);
    end = begin;
    if (!open.isEmpty()) beginStretch();
  }

  private Wanted leave(Wanted served) {
    bySession.computeIfPresent(
        served.session(),
        (_, all) -> {
          all.remove(served);
          return all.isEmpty() ? null : all;
        });
    return served;
  }

  /** Answers whom it has not served, with what was found. */
  void giveUp() {
    open.forEach(each -> each.finish(false));
    open.clear();
  }

  /** The history cannot be read. */
  void fail() {
    open.forEach(Wanted::fail);
    open.clear();
  }
}
