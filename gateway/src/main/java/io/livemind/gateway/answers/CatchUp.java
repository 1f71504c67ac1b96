package io.livemind.gateway.answers;

import io.livemind.gateway.answers.Wanted.Request;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what clients missed: one pass over a partition serves all that ask for it at a time.
 *
 * <p>Who missed little is served first. A longer pass, for everything of an old session perhaps, is
 * read in slices of a quarter of a second, in turn with those of other partitions; between two
 * slices comes who missed little.
 *
 * <p>Threading: {@link #missed} from any thread; one platform thread reads, and closes the history.
 *
 * <p>Waiting: 4,096 requests may wait, and 4,096 more for passes in slices; the next ones are
 * refused with {@link Missed#NOTHING}. A pass over a partition reads for 10 s at most, and a
 * session gets 50,000 records at most; what lies beyond is missing, and {@link Missed#complete}
 * says so. Closing waits 5 s for the thread.
 */
public final class CatchUp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
  private static final int WAITING = 4_096;
  private static final Duration SLICE = Duration.ofMillis(250);
  private static final Duration IDLE = Duration.ofMillis(250);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

  /**
   * What a session's log holds between two places.
   *
   * @param records in order
   * @param complete whether nothing of it is missing
   */
  record Missed(List<AnswerRecord> records, boolean complete) {
    static final Missed NOTHING = new Missed(List.of(), false);

    /** Whether the session was deleted. */
    boolean isOfDeleted() {
      return records.stream().anyMatch(AnswerRecord::isDeletion);
    }
  }

  private final AnswerHistory history;
  private final ArrayBlockingQueue<Request> waiting = new ArrayBlockingQueue<>(WAITING);

  /** Long passes, one for a partition, in turn; and who waits for the next one of a partition. */
  private final ArrayDeque<CatchUpPass> inTurn = new ArrayDeque<>();

  private final Map<Integer, List<Wanted>> gathered = new LinkedHashMap<>();
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
    boolean taken = running && waiting.offer(request);
    if (!taken || !running) answer.complete(Missed.NOTHING);
    return answer;
  }

  private void run() {
    try {
      while (running) {
        serve(next());
        readSlice();
      }
    } finally {
      waiting.forEach(request -> request.answer().complete(Missed.NOTHING));
      inTurn.forEach(CatchUpPass::giveUp);
      gathered.values().forEach(all -> all.forEach(Wanted::fail));
      history.close();
    }
  }

  private List<Request> next() {
    var requests = new ArrayList<Request>();
    int room = WAITING - inSlices();
    try {
      Request first = room < WAITING ? null : waiting.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
      if (first != null) requests.add(first);
      waiting.drainTo(requests, room);
    } catch (InterruptedException e) {
      running = false;
    }
    return requests;
  }

  private int inSlices() {
    return inTurn.stream().mapToInt(CatchUpPass::size).sum()
        + gathered.values().stream().mapToInt(List::size).sum();
  }

  /** Those first who know where they begin: the others have to be looked up. */
  private void serve(List<Request> requests) {
    serveNear(requests.stream().filter(each -> each.from().isPresent()));
    serveNear(requests.stream().filter(each -> each.from().isEmpty()));
  }

  private void serveNear(Stream<Request> requests) {
    requests.collect(Collectors.groupingBy(Request::partition)).forEach(this::serveNear);
  }

  /** Reads for those who missed little; the others wait for a longer pass. */
  private void serveNear(int partition, List<Request> requests) {
    List<Wanted> all;
    try {
      all = Wanted.of(history, partition, requests);
    } catch (RuntimeException e) {
      tellFailed(partition, e);
      requests.forEach(request -> request.answer().complete(Missed.NOTHING));
      return;
    }
    List<Wanted> near = all.stream().filter(CatchUpPass::isNear).toList();
    if (!near.isEmpty()) {
      var pass = new CatchUpPass(history, partition, near);
      if (!read(pass, CatchUpPass.LONGEST)) pass.giveUp();
    }
    List<Wanted> far = all.stream().filter(each -> !CatchUpPass.isNear(each)).toList();
    if (!far.isEmpty()) gathered.computeIfAbsent(partition, _ -> new ArrayList<>()).addAll(far);
  }

  private void readSlice() {
    gathered
        .entrySet()
        .removeIf(
            next -> {
              boolean runs = inTurn.stream().anyMatch(pass -> pass.partition() == next.getKey());
              if (!runs) inTurn.add(new CatchUpPass(history, next.getKey(), next.getValue()));
              return !runs;
            });
    CatchUpPass pass = inTurn.poll();
    if (pass != null && !read(pass, SLICE)) inTurn.add(pass);
  }

  private boolean read(CatchUpPass pass, Duration longest) {
    try {
      return pass.read(longest, () -> running);
    } catch (RuntimeException e) {
      tellFailed(pass.partition(), e);
      pass.fail();
      return true;
    }
  }

  private void tellFailed(int partition, RuntimeException failure) {
    if (running)
      LOG.warn(
          "event=catch_up_failed partition={} reason={}",
          partition,
          failure.getClass().getSimpleName());
  }

  @Override
  public void close() {
    running = false;
    history.wake();
    try {
      if (!thread.join(LONGEST_CLOSE)) LOG.warn("event=catch_up_not_closed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
