package io.livemind.benchmarks.scaling;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A queueing simulation of the models: places that are taken by calls which think along and by
 * calls which answer. Turns begin at random; the thinking of a turn comes before its answer; at
 * submit, what the turn still has waiting or running of it is cancelled; lengths are exponential
 * about their means.
 */
public final class Fleet {
  /** What is done when no place is free. */
  public enum Policy {
    /** Everything waits in one queue. */
    ONE_QUEUE("one queue"),
    /** Answers come first; what thinks runs to its end. */
    ANSWERS_FIRST("answers first"),
    /** Answers come first, and a call that thinks is cancelled for one. */
    CANCEL_THINKING("answers first, thinking cancelled for them"),
    /** As before, and thinking starts only while a fifth of the places is free. */
    SHED_THINKING("the same, and no thinking when four fifths are taken");

    private final String text;

    Policy(String text) {
      this.text = text;
    }

    /** As it stands in a table. */
    public String text() {
      return text;
    }
  }

  /**
   * What came out.
   *
   * @param answerWaitP50Seconds from submit until the answer's call begins
   * @param answerWaitP99Seconds the same
   * @param thoughtShare calls that thought along to their end before the turn was submitted, of
   *     those that were wanted
   */
  public record Outcome(
      double answerWaitP50Seconds, double answerWaitP99Seconds, double thoughtShare) {}

  private static final double INFERENCE_SECONDS = 2;
  private static final double ANSWER_SECONDS = 6;
  private static final int INFERENCES = 3;
  private static final double TYPING_SECONDS = 30;
  private static final double LONGEST_USE_OF_THINKING = 0.8;

  private record Call(int turn, boolean answers, double since) {}

  private record Running(double endsAt, Call call, long id) {}

  private record Arrival(double at, int turn, boolean answers) {}

  private final int places;
  private final Policy policy;
  private final Random random;
  private final Deque<Call> answers = new ArrayDeque<>();
  private final Deque<Call> thoughts = new ArrayDeque<>();
  private final PriorityQueue<Running> running =
      new PriorityQueue<>(Comparator.comparingDouble(Running::endsAt));
  private final BitSet submitted = new BitSet();
  private int thinking;
  private long ids;
  private double[] waits = new double[1024];
  private int waited;
  private long wanted;
  private long thought;

  private Fleet(int places, Policy policy, long seed) {
    this.places = places;
    this.policy = policy;
    this.random = new Random(seed);
  }

  /**
   * Runs turns through a fleet.
   *
   * @param load work that is offered, of what the places can do; thinking included
   * @param turns how many are simulated
   */
  public static Outcome simulate(int places, double load, Policy policy, int turns, long seed) {
    return new Fleet(places, policy, seed).run(load, turns);
  }

  private Outcome run(double load, int turns) {
    double workPerTurn = INFERENCES * INFERENCE_SECONDS + ANSWER_SECONDS;
    double turnsPerSecond = load * places / workPerTurn;
    var arrivals = new PriorityQueue<>(Comparator.comparingDouble(Arrival::at));
    double at = 0;
    for (int i = 0; i < turns; i++) {
      at += exponential(1 / turnsPerSecond);
      for (int step = 1; step <= INFERENCES; step++) {
        arrivals.add(new Arrival(at + step * TYPING_SECONDS / (INFERENCES + 1), i, false));
      }
      arrivals.add(new Arrival(at + TYPING_SECONDS, i, true));
    }
    double lastTurn = at;
    while (!arrivals.isEmpty() && arrivals.peek().at() < lastTurn) {
      Arrival next = arrivals.remove();
      endBefore(next.at());
      arrive(next);
    }
    double[] sorted = Arrays.copyOf(waits, waited);
    Arrays.sort(sorted);
    return new Outcome(
        sorted[waited / 2], sorted[(int) (waited * 0.99)], thought / (double) Math.max(1, wanted));
  }

  private void endBefore(double now) {
    while (!running.isEmpty() && running.peek().endsAt() <= now) {
      Running ended = running.remove();
      if (!ended.call().answers()) {
        thinking--;
        thought++;
      }
      fill(ended.endsAt());
    }
  }

  private void arrive(Arrival arrival) {
    double now = arrival.at();
    var call = new Call(arrival.turn(), arrival.answers(), now);
    if (call.answers()) {
      submit(call.turn());
    } else {
      wanted++;
      boolean shed =
          policy == Policy.SHED_THINKING && running.size() >= LONGEST_USE_OF_THINKING * places;
      if (shed) return;
    }
    (policy == Policy.ONE_QUEUE || call.answers() ? answers : thoughts).add(call);
    fill(now);
    boolean cancels = policy == Policy.CANCEL_THINKING || policy == Policy.SHED_THINKING;
    if (cancels && !answers.isEmpty() && thinking > 0) {
      cancelOneThought();
      fill(now);
    }
  }

  /** What a turn has not thought to its end by now is of no use to its answer. */
  private void submit(int turn) {
    submitted.set(turn);
    if (running.removeIf(each -> !each.call().answers() && each.call().turn() == turn)) {
      thinking = (int) running.stream().filter(each -> !each.call().answers()).count();
    }
  }

  private void cancelOneThought() {
    Running youngest = null;
    for (Running candidate : running) {
      if (candidate.call().answers()) continue;
      if (youngest == null || candidate.id() > youngest.id()) youngest = candidate;
    }
    if (youngest != null) {
      running.remove(youngest);
      thinking--;
    }
  }

  private void fill(double now) {
    while (running.size() < places) {
      Call next = answers.isEmpty() ? thoughts.poll() : answers.poll();
      if (next == null) return;
      if (next.answers() || !submitted.get(next.turn())) start(next, now);
    }
  }

  private void start(Call call, double now) {
    if (call.answers()) {
      if (waited == waits.length) waits = Arrays.copyOf(waits, 2 * waited);
      waits[waited++] = now - call.since();
    } else {
      thinking++;
    }
    double mean = call.answers() ? ANSWER_SECONDS : INFERENCE_SECONDS;
    running.add(new Running(now + exponential(mean), call, ids++));
  }

  private double exponential(double mean) {
    return -mean * Math.log(1 - random.nextDouble());
  }
}
