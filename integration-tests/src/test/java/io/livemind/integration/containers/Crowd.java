package io.livemind.integration.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemind.client.LiveMind;
import io.livemind.client.LiveMindException;
import io.livemind.client.LiveSession;
import io.livemind.client.SessionEvent;
import io.livemind.client.SessionListener;
import io.livemind.client.SessionRequest;
import io.livemind.client.SessionState;
import io.livemind.client.TurnEnd;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/**
 * People who type one turn after the other, until they are told to stop.
 *
 * <p>Threading: one virtual thread for each of them.
 */
final class Crowd implements AutoCloseable {
  private static final List<String> WORDS =
      List.of("Glaciers ", "melt ", "in ", "summer. ", "Where ", "does ", "the ", "water ", "go?");
  private static final long BETWEEN_WORDS_MILLIS = 60;
  private static final Duration BEFORE_NEXT_TRY = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  /** Longer than the pipeline gives a turn itself: `turn-deadline`, two minutes. */
  private static final long LONGEST_TURN_SECONDS = 150;

  private final ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger answered = new AtomicInteger();
  private final LongAccumulator longestMillis = new LongAccumulator(Math::max, 0);
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
  private volatile boolean typing = true;

  private Crowd() {}

  static Crowd of(int size, LiveMind liveMind) {
    var crowd = new Crowd();
    for (int i = 0; i < size; i++) {
      var ignored = crowd.people.submit(() -> crowd.typeOn(liveMind));
    }
    return crowd;
  }

  /** The last that one of them was told, for a turn that does not end. */
  private static final class Seen implements SessionListener {
    private static final int MOST = 40;
    private final Deque<String> last = new ArrayDeque<>();

    @Override
    public void event(SessionEvent event) {
      add(event.toString());
    }

    @Override
    public void state(SessionState state) {
      add(state.toString());
    }

    private synchronized void add(String what) {
      last.add(LocalTime.now(ZoneOffset.UTC) + " " + what);
      if (last.size() > MOST) last.remove();
    }

    @Override
    public synchronized String toString() {
      return String.join("\n  ", last);
    }
  }

  private void typeOn(LiveMind liveMind) {
    var mine = new Seen();
    seen.add(mine);
    try (LiveSession session = open(liveMind, mine)) {
      while (typing) oneTurn(session, mine);
    } catch (Exception failed) {
      failures.add(failed.toString());
    }
  }

  /** Who cannot come in at once comes again; what is promised is about turns. */
  private static LiveSession open(LiveMind liveMind, Seen seen) throws InterruptedException {
    long begunNanos = System.nanoTime();
    while (true) {
      try {
        return liveMind.open(SessionRequest.DEFAULT, seen);
      } catch (LiveMindException failed) {
        if (System.nanoTime() - begunNanos > LONGEST_WAIT.toNanos()) throw failed;
        Thread.sleep(BEFORE_NEXT_TRY);
      }
    }
  }

  private void oneTurn(LiveSession session, Seen seen) throws Exception {
    for (String word : WORDS) {
      session.type(word);
      Thread.sleep(BETWEEN_WORDS_MILLIS);
    }
    long begun = System.nanoTime();
    try {
      switch (session.submit().get(LONGEST_TURN_SECONDS, TimeUnit.SECONDS)) {
        case TurnEnd.Answered _ -> {
          answered.incrementAndGet();
          long millis = (System.nanoTime() - begun) / 1_000_000;
          longestMillis.accumulate(millis);
        }
        case TurnEnd.Failed failed -> failures.add(failed.toString());
        case TurnEnd.Stopped stopped -> failures.add(stopped.toString());
      }
    } catch (TimeoutException late) {
      failures.add("a turn without an end after " + LONGEST_TURN_SECONDS + " s: " + seen);
    }
  }

  int answered() {
    return answered.get();
  }

  /** Returns when so many more turns are answered; fails as soon as one failed. */
  void awaitTurns(int more, Deployment deployment) {
    int enough = answered() + more;
    try {
      await()
          .atMost(LONGEST_WAIT)
          .failFast(() -> assertThat(failures()).as(deployment::logs).isEmpty())
          .until(() -> answered() >= enough);
    } catch (ConditionTimeoutException late) {
      String all = seen.stream().map(Seen::toString).collect(Collectors.joining("\n- "));
      throw new AssertionError(
          (enough - answered())
              + " of "
              + more
              + " turns are missing after "
              + LONGEST_WAIT.toSeconds()
              + " s; "
              + deployment.logs()
              + "; what people saw last:\n- "
              + all,
          late);
    }
  }

  /** From submit to the end of the answer, the slowest turn. */
  @Override
  public String toString() {
    return answered() + " turns answered, the slowest in " + longestMillis.get() + " ms";
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Lets everybody end the turn that they are in. */
  void finish() throws InterruptedException {
    typing = false;
    people.shutdown();
    if (!people.awaitTermination(2 * LONGEST_TURN_SECONDS, TimeUnit.SECONDS))
      failures.add("somebody still waits");
  }

  @Override
  public void close() {
    typing = false;
    people.shutdownNow();
  }
}
