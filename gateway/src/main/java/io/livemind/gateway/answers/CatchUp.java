package io.livemind.gateway.answers;

import io.livemind.gateway.answers.AnswerHistory.Extent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what clients missed: one pass over a partition serves all that ask for it at a time.
 *
 * <p>Threading: {@link #missed} from any thread; one platform thread reads.
 *
 * <p>Waiting: 4,096 requests may wait; more are refused with {@link Missed#NOTHING}. A pass over a
 * partition takes 10 s at most, and a session gets 50,000 records at most; what lies beyond is
 * missing, and {@link Missed#complete} says so.
 */
public final class CatchUp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
  private static final int WAITING = 4_096;
  private static final int MOST_RECORDS = 50_000;
  private static final Duration LONGEST_PASS = Duration.ofSeconds(10);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

  /** Clocks of different writers may differ by so much. */
  private static final Duration CLOCK_MARGIN = Duration.ofMinutes(1);

  /**
   * What a session's log holds between two places.
   *
   * @param records in order
   * @param complete whether nothing of it is missing
   */
  record Missed(List<AnswerRecord> records, boolean complete) {
    static final Missed NOTHING = new Missed(List.of(), false);
  }

  private record Request(
      String session,
      int partition,
      OptionalLong from,
      long createdAtMillis,
      long to,
      CompletableFuture<Missed> answer) {}

  private final AnswerHistory history;
  private final ArrayBlockingQueue<Request> waiting = new ArrayBlockingQueue<>(WAITING);
  private final Thread thread;
  private volatile boolean running = true;

  public CatchUp(AnswerHistory history) {
    this.history = history;
    this.thread = Thread.ofPlatform().name("gateway-catch-up").daemon().start(this::run);
  }

  /**
   * The records of a session before the offset {@code to}.
   *
   * @param from the first one wanted; empty: all since the session was created
   */
  CompletableFuture<Missed> missed(
      String session, int partition, OptionalLong from, long createdAtMillis, long to) {
    var answer = new CompletableFuture<Missed>();
    var request = new Request(session, partition, from, createdAtMillis, to, answer);
    if (!running || !waiting.offer(request)) answer.complete(Missed.NOTHING);
    return answer;
  }

  private void run() {
    while (running) {
      List<Request> requests = next();
      Map<Integer, List<Request>> byPartition = new HashMap<>();
      for (Request request : requests)
        byPartition.computeIfAbsent(request.partition(), _ -> new ArrayList<>()).add(request);
      byPartition.forEach(this::serve);
    }
    waiting.forEach(request -> request.answer().complete(Missed.NOTHING));
  }

  private List<Request> next() {
    var requests = new ArrayList<Request>();
    try {
      Request first = waiting.poll(250, TimeUnit.MILLISECONDS);
      if (first != null) requests.add(first);
      waiting.drainTo(requests);
    } catch (InterruptedException e) {
      running = false;
    }
    return requests;
  }

  private void serve(int partition, List<Request> requests) {
    try {
      new Pass(partition, requests).run();
    } catch (RuntimeException e) {
      LOG.warn(
          "event=catch_up_failed partition={} reason={}", partition, e.getClass().getSimpleName());
      requests.forEach(request -> request.answer().complete(Missed.NOTHING));
    }
  }

  /** One pass over a partition. */
  private final class Pass {
    private final int partition;
    private final List<Collected> wanted = new ArrayList<>();
    private final Map<String, List<Collected>> bySession = new HashMap<>();

    Pass(int partition, List<Request> requests) {
      this.partition = partition;
      Extent extent = history.extent(partition);
      for (Request request : requests) {
        var collected = new Collected(request, extent, begin(request, extent));
        wanted.add(collected);
        bySession.computeIfAbsent(request.session(), _ -> new ArrayList<>()).add(collected);
      }
    }

    private long begin(Request request, Extent extent) {
      if (request.from().isPresent()) return request.from().getAsLong();
      long at = request.createdAtMillis() - CLOCK_MARGIN.toMillis();
      long found = history.offsetAt(partition, at);
      // An older record is still there, or none ever was: nothing of the session was dropped.
      boolean whole = extent.earliest() == 0 || found > extent.earliest();
      return whole ? found : extent.earliest() - 1;
    }

    void run() {
      long from = wanted.stream().mapToLong(each -> each.from).min().orElse(0);
      long to = wanted.stream().mapToLong(each -> each.request.to()).max().orElse(0);
      long deadline = System.nanoTime() + LONGEST_PASS.toNanos();
      while (from < to && running && System.nanoTime() < deadline)
        from = history.read(partition, from, to, this::take);
      for (Collected each : wanted) each.finish(from);
    }

    private void take(AnswerRecord answer) {
      bySession.getOrDefault(answer.session(), List.of()).forEach(each -> each.take(answer));
    }
  }

  /** What one request gets. */
  private static final class Collected {
    private final Request request;
    private final long from;
    private final List<AnswerRecord> records = new ArrayList<>();
    private boolean complete;

    Collected(Request request, Extent extent, long begin) {
      this.request = request;
      this.from = Math.max(begin, extent.earliest());
      this.complete = begin >= extent.earliest() && begin <= extent.end();
    }

    void take(AnswerRecord answer) {
      if (answer.offset() < from || answer.offset() >= request.to()) return;
      if (records.size() < MOST_RECORDS) records.add(answer);
      else complete = false;
    }

    void finish(long read) {
      complete &= read >= request.to();
      request.answer().complete(new Missed(List.copyOf(records), complete));
    }
  }

  @Override
  public void close() {
    running = false;
    try {
      thread.join(LONGEST_CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    history.close();
  }
}
