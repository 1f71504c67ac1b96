package io.livemind.gateway.answers;

import io.livemind.gateway.answers.AnswerHistory.Extent;
import io.livemind.gateway.answers.CatchUp.Missed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * What one client wants of a partition, and what was found of it.
 *
 * <p>It is found a stretch at a time, the newest first, and in order within a stretch.
 *
 * <p>Threading: one thread.
 */
final class Wanted {
  private static final int MOST_RECORDS = 50_000;

  /** Clocks of different writers may differ by so much. */
  private static final Duration CLOCK_MARGIN = Duration.ofMinutes(1);

  /** What a client asks for, see {@link CatchUp#missed}. */
  record Request(
      String session,
      int partition,
      OptionalLong from,
      long createdAtMillis,
      long to,
      CompletableFuture<Missed> answer) {}

  private final Request request;
  private final long from;
  private List<AnswerRecord> found = List.of();
  private List<AnswerRecord> stretch = new ArrayList<>();
  private boolean complete;
  private boolean cut;

  private Wanted(Request request, Extent extent, long begin) {
    this.request = request;
    this.from = Math.max(begin, extent.earliest());
    this.complete = begin >= extent.earliest() && begin <= extent.end();
  }

  /** Finds where requests for one partition begin. */
  static List<Wanted> of(AnswerHistory history, int partition, List<Request> requests) {
    Extent extent = history.extent(partition);
    // Many come at once, of sessions of any age: each minute is looked up once.
    Map<Long, Long> offsets = new HashMap<>();
    return requests.stream()
        .map(
            request -> {
              long begin =
                  request
                      .from()
                      .orElseGet(
                          () ->
                              beginOfSession(
                                  extent,
                                  offsets.computeIfAbsent(
                                      minuteBefore(request.createdAtMillis()),
                                      at -> history.offsetAt(partition, at))));
              return new Wanted(request, extent, begin);
            })
        .toList();
  }

  private static long minuteBefore(long createdAtMillis) {
    long minute = CLOCK_MARGIN.toMillis();
    return Math.floorDiv(createdAtMillis - minute, minute) * minute;
  }

  private static long beginOfSession(Extent extent, long found) {
    // An older record is still there, or none ever was: nothing of the session was dropped.
    boolean whole = extent.earliest() == 0 || found > extent.earliest();
    return whole ? found : extent.earliest() - 1;
  }

  String session() {
    return request.session();
  }

  long from() {
    return from;
  }

  long to() {
    return request.to();
  }

  void take(AnswerRecord answer) {
    if (answer.offset() < from || answer.offset() >= request.to()) return;
    if (found.size() + stretch.size() < MOST_RECORDS) stretch.add(answer);
    else cut = true;
  }

  /** The stretch is read to its end. */
  void endStretch() {
    if (cut) complete = false;
    // What is older than a gap is left out; if there is nothing newer, there is no gap.
    if (!stretch.isEmpty() && (!cut || found.isEmpty())) {
      stretch.addAll(found);
      found = stretch;
      stretch = new ArrayList<>();
    }
  }

  /**
   * Answers.
   *
   * @param read whether all stretches were
   */
  void finish(boolean read) {
    if (!read) {
      cut = true;
      endStretch();
    }
    request.answer().complete(new Missed(List.copyOf(found), complete));
  }

  void fail() {
    request.answer().complete(Missed.NOTHING);
  }
}
