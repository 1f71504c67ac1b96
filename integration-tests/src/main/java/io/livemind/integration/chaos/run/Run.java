package io.livemind.integration.chaos.run;

import io.livemind.integration.chaos.check.Recovery;
import io.livemind.integration.chaos.check.TypedWords;
import io.livemind.integration.chaos.check.Verdict;
import io.livemind.integration.chaos.client.ChaosSession;
import io.livemind.integration.chaos.client.GatewaySession;
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
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * What came out of one case with one seed.
 *
 * @param chaosCase what went wrong
 * @param seed with which it can be done again
 * @param history of all actors
 * @param verdict on the history
 * @param turns that were submitted
 * @param recoveries of turns that ran when a process was killed
 */
public record Run(
    Case chaosCase,
    long seed,
    History history,
    Verdict verdict,
    long turns,
    List<Recovery> recoveries) {
  /** A reply of sixty tokens takes a second and a half, so that most strikes hit one. */
  private static final LatencyModel LATENCY = new LatencyModel(0.05, 0, 0.025);

  private static final Duration LONGEST_TURN = Duration.ofSeconds(80);

  /** Unique over all runs of this process, since their words must be. */
  private static int sessionsSoFar;

  /** Lets people type while things go wrong, and judges what they saw. */
  public static Run of(Cluster cluster, Case chaosCase, long seed, int sessions)
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
    try (var simulator = Simulator.start(config);
        var wire = new Wire(cluster.kafka(), cluster.topics(), recorder);
        ExecutorService actors = Executors.newVirtualThreadPerTaskExecutor()) {
      cluster.models().retarget(new InetSocketAddress("127.0.0.1", simulator.baseUrl().getPort()));
      var random = new Random(seed);
      List<Future<?>> acting = new ArrayList<>();
      List<TypingSession> typed = new ArrayList<>();
      for (int i = 0; i < sessions; i++) {
        TypingSession session = session(cluster, chaosCase, wire, random.nextLong());
        long startMillis = random.nextLong(chaosCase.habits().arriving().toMillis());
        typed.add(session);
        acting.add(
            actors.submit(
                () -> {
                  Thread.sleep(startMillis);
                  session.type();
                  return session.awaitEnd(LONGEST_TURN);
                }));
      }
      var nemesis = new Nemesis(cluster, recorder, random.nextLong());
      chaosCase.strike(nemesis);
      for (Future<?> actor : acting) await(actor);
      try (var oracle = new Oracle(seed)) {
        typed.stream()
            .flatMap(session -> simulator.served(session.id()).stream())
            .forEach(call -> recorder.add(oracle.asked(call, recorder)));
      }
    }
    words(cluster.printed(), recorder);
    History history = recorder.history();
    return new Run(
        chaosCase,
        seed,
        history,
        chaosCase.everyTurnCompletes() ? Verdict.ofCompleted(history) : Verdict.of(history),
        history.each(Event.Submitted.class).count(),
        Recovery.all(history));
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
    return new Run(chaosCase, seed, new History(List.of()), verdict, turns, recoveries);
  }

  private static synchronized TypingSession session(
      Cluster cluster, Case chaosCase, Wire wire, long seed) {
    int number = sessionsSoFar++;
    if (chaosCase.throughGateway()) {
      return new GatewaySession(cluster.gatewayUrls(), number, chaosCase.habits(), seed, wire);
    }
    String id = "chaos-" + number + "-" + UUID.randomUUID();
    return new ChaosSession(id, number, chaosCase.habits(), seed, wire, number % 2);
  }

  private static void await(Future<?> actor) throws InterruptedException {
    try {
      actor.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a client has died", e.getCause());
    }
  }
}
