package io.livemind.integration.chaos.run;

import io.livemind.integration.chaos.client.Habits;
import io.livemind.integration.chaos.process.TcpProxy;
import io.livemind.simulator.Fault;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
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
  BROKER_KILLED(
      "each broker is killed in turn, and comes back",
      Map.of(),
      Habits.USUAL,
      Nemesis::killBrokers),
  POISON(
      "a record that is none, on each topic",
      Map.of(),
      Habits.USUAL.arrivingWithin(Duration.ofSeconds(8)),
      Nemesis::poison),
  GATEWAY_KILLED(
      "a gateway with open streams is killed",
      Map.of(),
      Habits.USUAL.leaving(0.01),
      Nemesis::killGateway),
  ALL_WORKERS_KILLED(
      "all workers are killed at once", Map.of(), Habits.USUAL, Nemesis::killAllWorkers),
  WORKER_FROZEN(
      "a worker stands still for longer than its lease, and then goes on",
      Map.of(),
      Habits.USUAL,
      nemesis -> nemesis.freezeWorker(Duration.ofSeconds(8))),
  TOPOLOGY_FROZEN(
      "a topology instance stands still, loses its sessions to another, and wakes",
      Map.of(),
      Habits.USUAL,
      nemesis -> nemesis.freezeTopology(Duration.ofSeconds(10))),
  MODEL_CUT_OFF(
      "the network between worker and model is cut, slow, or loses one way",
      Map.of(),
      Habits.USUAL,
      nemesis ->
          nemesis.cutModels(
              Duration.ofSeconds(2), TcpProxy.Fault.CUT, TcpProxy.Fault.LOSE_REPLIES)),
  BROKERS_CUT_OFF(
      "the network between the brokers and one process of each role is cut, or loses one way",
      Map.of(),
      Habits.USUAL.leaving(0.3),
      nemesis -> nemesis.cutBrokers(Duration.ofSeconds(8))),
  ODD_STREAMS(
      "whole replies in odd pieces: single bytes, halves of a character, nothing",
      Map.of(
          Fault.ONE_BYTE_SLICES, 0.25,
          Fault.SPLIT_CODE_POINT, 0.25,
          Fault.ODD_TOKENS, 0.25,
          Fault.WRONG_CONTENT_TYPE, 0.1),
      Habits.USUAL,
      Nemesis::rest),
  CANCELLED(
      "turns are cancelled while they are answered",
      Map.of(),
      Habits.USUAL.cancelling(0.7),
      Nemesis::rest),
  SCALED(
      "workers from two to five and back, topology instances from two to three to one",
      Map.of(),
      Habits.USUAL.arrivingWithin(Duration.ofSeconds(12)),
      Nemesis::scale),
  STATE_DAMAGED(
      "a topology instance finds a state that cannot be read",
      Map.of(),
      Habits.USUAL,
      Nemesis::damageState),
  TWO_TABS(
      "a session goes on in a second tab, while the first still types",
      Map.of(),
      Habits.USUAL.openingTabs(0.8),
      Nemesis::rest),
  MODELS_DOWN(
      "no model can be reached for a while",
      Map.of(),
      Habits.USUAL,
      nemesis -> nemesis.cutModels(Duration.ofSeconds(12), TcpProxy.Fault.CUT)),
  MODEL_MISBEHAVES(
      "the model ignores the form of an action, answers in another language, does not stop",
      Map.of(
          Fault.IGNORES_FORMAT, 0.3,
          Fault.OTHER_LANGUAGE, 0.2,
          Fault.NEVER_STOPS, 0.05),
      Habits.USUAL,
      Nemesis::rest),
  CONTEXT_EXCEEDED(
      "the model says that the prompt is too long for it",
      Map.of(Fault.CONTEXT_TOO_LONG, 0.2),
      Habits.USUAL,
      Nemesis::rest),
  ROLLING_RESTART(
      "each process of each role is stopped in turn, and another takes its place",
      Map.of(),
      Habits.USUAL.leaving(0.01).arrivingWithin(Duration.ofSeconds(20)),
      Nemesis::restartAll);

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

  /** The likeliest and worst. */
  static List<Case> top(int count) {
    return Arrays.stream(values()).limit(count).toList();
  }

  /** Whether nothing goes wrong that a turn may end with an error of. */
  boolean everyTurnCompletes() {
    return EnumSet.of(
            CLIENT_COMES_BACK,
            SENT_AGAIN,
            OUT_OF_ORDER,
            EDITED_WHILE_THINKING,
            ODD_STREAMS,
            CANCELLED,
            SCALED,
            TWO_TABS,
            ROLLING_RESTART)
        .contains(this);
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
