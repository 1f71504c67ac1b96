package io.livemind.integration.chaos.run;

import io.livemind.integration.chaos.check.Ends;
import io.livemind.integration.chaos.check.Recovery;
import io.livemind.integration.chaos.check.TypedWords;
import io.livemind.integration.chaos.check.Verdict;
import io.livemind.integration.chaos.client.ChaosSession;
import io.livemind.integration.chaos.client.GatewaySession;
import io.livemind.integration.chaos.client.Habits;
import io.livemind.integration.chaos.client.TypingSession;
import io.livemind.integration.chaos.client.Wire;
import io.livemind.integration.chaos.history.Event;
import io.livemind.integration.chaos.history.History;
import io.livemind.integration.chaos.history.Recorder;
import io.livemind.integration.chaos.process.RoleMain;
import io.livemind.simulator.FaultPlan;
import io.livemind.simulator.LatencyModel;
import io.livemind.simulator.ModelProfile;
import io.livemind.simulator.Simulator;
import io.livemind.simulator.SimulatorConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What came out of one case with one seed.
 *
 * @param chaosCase what went wrong
 * @param seed with which it can be done again
 * @param history of all actors
 * @param verdict on the history
 * @param ends of the turns that were submitted
 * @param kills of processes
 * @param recoveries of turns that a kill held up
 * @param ending whether it was run, and to its end
 */
public record Run(
    Case chaosCase,
    long seed,
    History history,
    Verdict verdict,
    Ends ends,
    int kills,
    List<Recovery> recoveries,
    Ending ending) {
  /**
   * How far a run came.
   *
   * @param reached WHOLE if it was judged
   * @param why it was not; empty if it was
   */
  public record Ending(Reached reached, String why) {
    static final Ending WHOLE = new Ending(Reached.WHOLE, "");
  }

  /** How far a run came. */
  public enum Reached {
    WHOLE,
    /** It was begun, and nothing is known. */
    BROKEN,
    /** This machine lacks what is needed. */
    NOT_RUN
  }

  /** A reply of sixty tokens takes a second and a half, so that most strikes hit one. */
  private static final LatencyModel LATENCY = new LatencyModel(0.05, 0, 0.025);

  private static final Duration LONGEST_TURN = Duration.ofSeconds(80);

  /** Unique over all runs of this process, since their words must be. */
  private static int sessionsSoFar;

  /** Lets people type while things go wrong, and judges what they saw. */
  public static Run of(Cluster cluster, Case chaosCase, long seed, Crowd crowd)
      throws InterruptedException {
    var recorder = new Recorder();
    var faults =
        FaultPlan.NONE
            .withRates(chaosCase.modelFaults(), seed)
            .withStallLimit(Duration.ofSeconds(10));
    var config =
        SimulatorConfig.of(Map.of(RoleMain.MODEL, ModelProfile.of(RoleMain.MODEL, LATENCY)))
            .withFaults(faults)
            .withSeed(seed);
    int kills;
    try (var simulator = Simulator.start(config);
        var wire = new Wire(cluster.kafka(), cluster.topics(), recorder);
        var actors = new Actors()) {
      cluster.models().retarget(new InetSocketAddress("127.0.0.1", simulator.baseUrl().getPort()));
      var random = new Random(seed);
      var nemesis = new Nemesis(cluster, recorder, random.nextLong());
      List<TypingSession> typed = new ArrayList<>();
      int people = chaosCase.people(crowd.people());
      int first = firstNumber(people);
      for (int i = 0; i < people; i++) {
        Habits habits = chaosCase.habits(i);
        boolean atGateway = chaosCase.throughGateway(i) || crowd.throughGateway(i);
        long sessionSeed = random.nextLong();
        TypingSession session = session(cluster, atGateway, first + i, habits, sessionSeed, wire);
        long startMillis = crowd.startMillis(chaosCase, i, random);
        typed.add(session);
        actors.start(
            () -> {
              nemesis.awaitPeople();
              Thread.sleep(startMillis);
              session.type();
              session.awaitEnd(LONGEST_TURN);
            });
      }
      if (!chaosCase.prepares()) nemesis.letPeopleCome();
      chaosCase.strike(nemesis);
      kills = nemesis.kills();
      actors.awaitEnds();
      if (chaosCase.isOverload()) Loads.enoughPlaces(cluster);
      try (var oracle = new Oracle(seed)) {
        typed.stream()
            .flatMap(session -> simulator.served(session.id()).stream())
            .forEach(call -> recorder.add(oracle.asked(call, recorder)));
      }
    }
    words(cluster.printed(), recorder);
    return judged(chaosCase, seed, recorder.history(), kills);
  }

  /** A run whose history was stored; of processes that were killed at once, it counts one. */
  static Run stored(Case chaosCase, long seed, History history) {
    long kills =
        history.each(Event.Struck.class).filter(strike -> Nemesis.isKill(strike.fault())).count();
    return judged(chaosCase, seed, history, Math.toIntExact(kills));
  }

  private static Run judged(Case chaosCase, long seed, History history, int kills) {
    OptionalLong complete = chaosCase.turnsCompleteFrom(history);
    return new Run(
        chaosCase,
        seed,
        history,
        complete.isPresent()
            ? Verdict.ofCompleted(history, complete.getAsLong())
            : Verdict.of(history),
        Ends.of(history),
        kills,
        Recovery.all(history),
        Ending.WHOLE);
  }

  /** A run that came to no end. */
  static Run broken(Case chaosCase, long seed, RuntimeException why) {
    String text = why.getMessage() + (why.getCause() == null ? "" : ": " + why.getCause());
    return unjudged(chaosCase, seed, new Ending(Reached.BROKEN, text));
  }

  /** What cannot be done here. */
  static Run impossible(Case chaosCase, long seed, String why) {
    return unjudged(chaosCase, seed, new Ending(Reached.NOT_RUN, why));
  }

  private static Run unjudged(Case chaosCase, long seed, Ending ending) {
    var nothing = new History(List.of());
    return new Run(
        chaosCase, seed, nothing, new Verdict(Map.of(), false), Ends.NONE, 0, List.of(), ending);
  }

  /** Turns that were submitted. */
  public long turns() {
    return ends.submitted();
  }

  /** Whether it was judged, and kept every promise. */
  public boolean good() {
    return ending.reached() == Reached.WHOLE && verdict.good();
  }

  /** Whether a promise was broken, or nothing is known although it was run. */
  public boolean bad() {
    return ending.reached() != Reached.NOT_RUN && !good();
  }

  /** A word of this run that a process printed; there should be none. */
  private static void words(String printed, Recorder recorder) {
    if (!TypedWords.in(printed).findAny().isPresent()) return;
    Set<String> typed =
        recorder
            .history()
            .each(Event.Invoked.class)
            .flatMap(sent -> TypedWords.in(sent.text()))
            .collect(Collectors.toSet());
    TypedWords.in(printed)
        .filter(typed::contains)
        .distinct()
        .forEach(word -> recorder.add(new Event.Printed(recorder.now(), word)));
  }

  /** The same without its events: many runs would not fit into memory. */
  Run withoutHistory() {
    return new Run(
        chaosCase, seed, new History(List.of()), verdict, ends, kills, recoveries, ending);
  }

  /** A multiple of four: who is where in a run does not depend on the runs before it. */
  private static synchronized int firstNumber(int people) {
    int first = sessionsSoFar;
    sessionsSoFar += 4 * Math.ceilDiv(people, 4);
    return first;
  }

  private static TypingSession session(
      Cluster cluster, boolean atGateway, int number, Habits habits, long seed, Wire wire) {
    if (atGateway) return new GatewaySession(cluster.gatewayUrls(), number, habits, seed, wire);
    String id = "chaos-" + number + "-" + UUID.randomUUID();
    return new ChaosSession(id, number, habits, seed, wire, number % 2);
  }
}
