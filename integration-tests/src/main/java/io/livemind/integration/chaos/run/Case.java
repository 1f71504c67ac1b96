package io.livemind.integration.chaos.run;

import io.livemind.integration.chaos.client.Habits;
import io.livemind.integration.chaos.process.TcpProxy;
import io.livemind.simulator.Fault;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What goes wrong, in the order of how likely and how bad it is. */
public enum Case {
  STREAM_CUT(
      "the model's stream is cut in the middle of a reply",
      Map.of(Fault.RESET_MID_STREAM, 0.2, Fault.CLOSE_MID_STREAM, 0.2),
      Habits.USUAL,
      Nemesis::rest),
  CLIENT_COMES_BACK(
      "clients leave in the middle of an answer and come back at another gateway",
      Map.of(),
      Habits.USUAL.leaving(0.7),
      Nemesis::rest),
  WORKER_KILLED(
      "a worker is killed at any moment of a turn", Map.of(), Habits.USUAL, Nemesis::killWorkers),
  ODD_ENDS(
      "an error inside a 200, finish reason abort, none at all, no [DONE]",
      Map.of(
          Fault.IN_BAND_ERROR, 0.15,
          Fault.FINISH_ABORT, 0.15,
          Fault.NO_FINISH_REASON, 0.1,
          Fault.NO_DONE, 0.1),
      Habits.USUAL,
      Nemesis::rest),
  REFUSALS(
      "429 with Retry-After, 500, 503, 529",
      Map.of(
          Fault.RATE_LIMITED_SECONDS, 0.15,
          Fault.SERVER_ERROR, 0.1,
          Fault.UNAVAILABLE, 0.1,
          Fault.OVERLOADED, 0.1),
      Habits.USUAL,
      Nemesis::rest),
  MODEL_HANGS(
      "no headers, no first token, a stall between two tokens",
      Map.of(
          Fault.STALL_BEFORE_HEADERS, 0.1,
          Fault.STALL_BEFORE_FIRST_TOKEN, 0.1,
          Fault.STALL_MID_STREAM, 0.1),
      Habits.USUAL,
      Nemesis::rest),
  SENT_AGAIN(
      "the same fragments and submits arrive twice",
      Map.of(),
      Habits.USUAL.repeating(0.5),
      Nemesis::rest),
  OUT_OF_ORDER(
      "fragments arrive out of order, and some not at all",
      Map.of(),
      Habits.USUAL.scattered(0.2, 0.1),
      Nemesis::rest),
  EDITED_WHILE_THINKING(
      "earlier text is edited while a model thinks about it",
      Map.of(),
      Habits.USUAL.editing(0.4),
      Nemesis::rest),
  TOPOLOGY_KILLED(
      "a topology instance is killed; its state is kept or gone",
      Map.of(),
      Habits.USUAL,
      Nemesis::killTopology),
  GATEWAY_KILLED(
      "a gateway with open streams is killed",
      Map.of(),
      Habits.USUAL.leaving(0.01),
      Nemesis::killGateway),
  ALL_WORKERS_KILLED(
      "all workers are killed at once", Map.of(), Habits.USUAL, Nemesis::killAllWorkers),
  BROKER_KILLED(
      "each of three brokers is killed in turn, and comes back",
      Map.of(),
      Habits.USUAL,
      Nemesis::killBrokers),
  POISON("a record that is none, on each topic", Map.of(), Habits.USUAL, Nemesis::poison),
  MODEL_CUT_OFF(
      "the network between worker and model is cut, slow, or loses one way",
      Map.of(),
      Habits.USUAL,
      nemesis -> nemesis.cutModel(TcpProxy.Fault.CUT, TcpProxy.Fault.LOSE_REPLIES)),
  WORKER_FROZEN(
      "a worker stands still for longer than its lease, and then goes on",
      Map.of(),
      Habits.USUAL,
      nemesis -> nemesis.freezeWorker(Duration.ofSeconds(8)));

  /** What the nemesis does while clients type. */
  @FunctionalInterface
  interface Strike {
    void strike(Nemesis nemesis) throws InterruptedException;
  }

  private final String sentence;
  private final Map<Fault, Double> modelFaults;
  private final Habits habits;
  private final Strike strike;

  Case(String sentence, Map<Fault, Double> modelFaults, Habits habits, Strike strike) {
    this.sentence = sentence;
    this.modelFaults = modelFaults;
    this.habits = habits;
    this.strike = strike;
  }

  /** Those that can happen in a cluster of so many brokers. */
  static List<Case> possible(int brokers) {
    return Arrays.stream(values()).filter(it -> it != BROKER_KILLED || brokers > 1).toList();
  }

  /** What goes wrong. */
  public String sentence() {
    return sentence;
  }

  /** Share of the model calls that meet each fault. */
  Map<Fault, Double> modelFaults() {
    return modelFaults;
  }

  Habits habits() {
    return habits;
  }

  /** Whether clients type and read at gateways, and not in the log itself. */
  boolean throughGateway() {
    return habits.leaving() > 0;
  }

  void strike(Nemesis nemesis) throws InterruptedException {
    strike.strike(nemesis);
  }
}
