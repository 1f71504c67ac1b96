package io.livemind.integration.chaos.run;

import io.livemind.integration.chaos.client.Habits;
import io.livemind.integration.chaos.history.Event;
import io.livemind.integration.chaos.history.History;
import io.livemind.integration.chaos.process.FakeClock;
import io.livemind.integration.chaos.process.RoleProcess;
import io.livemind.integration.chaos.process.TcpProxy;
import io.livemind.simulator.Fault;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

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
      "a worker is killed at any moment of a turn", Map.of(), Habits.USUAL, Kills::workers),
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
      Kills::topology),
  BROKER_KILLED(
      "each broker is killed in turn, and comes back", Map.of(), Habits.USUAL, Kills::brokers),
  POISON(
      "a record that is none, on each topic, and sessions that misbehave",
      Map.of(),
      Habits.USUAL.arrivingWithin(Duration.ofSeconds(8)),
      Loads::poison),
  GATEWAY_KILLED(
      "a gateway with open streams is killed",
      Map.of(),
      Habits.USUAL.leaving(0.01),
      Kills::gateway),
  ALL_WORKERS_KILLED("all workers are killed at once", Map.of(), Habits.USUAL, Kills::allWorkers),
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
              Duration.ofSeconds(2),
              TcpProxy.Fault.CUT,
              TcpProxy.Fault.DELAY,
              TcpProxy.Fault.LOSE_REPLIES)),
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
      "no model can be reached for two minutes, in which people go on coming",
      Map.of(),
      Habits.USUAL.arrivingWithin(Duration.ofSeconds(150)),
      nemesis -> nemesis.cutModels(Duration.ofMinutes(2), TcpProxy.Fault.CUT)),
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
      Nemesis::restartAll),
  BROKERS_RESTARTED(
      "each broker in turn is asked to stop, and is back before the next one is",
      Map.of(),
      Habits.USUAL.leaving(0.01).arrivingWithin(Duration.ofSeconds(24)),
      Nemesis::restartBrokers),
  ROLLING_UPGRADE(
      "each process of each role gives way to one of another release, and that one to the first",
      Map.of(),
      Habits.USUAL.leaving(0.01).arrivingWithin(Duration.ofSeconds(40)),
      Nemesis::upgradeAndRollBack),
  OVERLOAD(
      "people come twice as fast as the models can answer, and some type faster than they may",
      Map.of(),
      Habits.USUAL.leaving(0.01),
      Loads::overload),
  OVERLOAD_FIVEFOLD(
      "people come five times as fast as the models can answer, and some type faster than they may",
      Map.of(),
      Habits.USUAL.leaving(0.01),
      Loads::overload),
  TOPOLOGY_DISK_FULL(
      "the disk of a topology instance is full",
      Map.of(),
      Habits.USUAL.arrivingWithin(Duration.ofSeconds(8)),
      Disks::fullUnderTopology),
  BROKER_DISK_FULL(
      "the disk of each broker in turn is full", Map.of(), Habits.USUAL, Disks::fullUnderBrokers),
  BROKER_DISK_SLOW(
      "brokers stand still for three quarters of the time, as if each write had to wait",
      Map.of(),
      Habits.USUAL,
      nemesis -> Disks.slowUnderBrokers(nemesis, Duration.ofSeconds(8))),
  WORKER_CLOCKS(
      "the clocks of all workers are minutes ahead, then behind",
      Map.of(),
      Habits.USUAL.arrivingWithin(Duration.ofSeconds(16)),
      Clocks::ofWorkers),
  TOPOLOGY_CLOCK(
      "the clock of a topology instance jumps ahead by minutes, then back, and the instance ends itself",
      Map.of(),
      Habits.USUAL.arrivingWithin(Duration.ofSeconds(16)),
      Clocks::ofTopology),
  GATEWAY_CLOCK(
      "the clock of a gateway jumps by minutes, ahead and back",
      Map.of(),
      Habits.USUAL.leaving(0.2).arrivingWithin(Duration.ofSeconds(16)),
      Clocks::ofGateway),
  KILLED_ONE_AFTER_ANOTHER(
      "whatever there is is killed, one process after another, for two minutes",
      Map.of(),
      Habits.USUAL.leaving(0.01).arrivingWithin(Duration.ofMinutes(2)),
      nemesis -> Kills.oneAfterAnother(nemesis, Duration.ofMinutes(2)));

  /** What the nemesis does while clients type. */
  @FunctionalInterface
  interface Strike {
    void strike(Nemesis nemesis) throws InterruptedException;
  }

  /** One of so many clients of an overload types too fast. */
  private static final int FLOODING = 20;

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

  /**
   * From when on nothing goes wrong that a turn may end with an error of, if it is submitted then;
   * ms after the run began.
   */
  OptionalLong turnsCompleteFrom(History history) {
    return switch (this) {
      case CLIENT_COMES_BACK,
          SENT_AGAIN,
          OUT_OF_ORDER,
          EDITED_WHILE_THINKING,
          ODD_STREAMS,
          CANCELLED,
          SCALED,
          TWO_TABS,
          BROKER_DISK_SLOW,
          WORKER_CLOCKS,
          GATEWAY_CLOCK,
          ROLLING_RESTART,
          BROKERS_RESTARTED,
          ROLLING_UPGRADE ->
          OptionalLong.of(0);
      case MODELS_DOWN -> history.each(Event.Healed.class).mapToLong(Event::atMillis).max();
      default -> OptionalLong.empty();
    };
  }

  /** What goes wrong. */
  public String sentence() {
    return sentence;
  }

  /** Share of the model calls that meet each fault. */
  Map<Fault, Double> modelFaults() {
    return modelFaults;
  }

  /** Whether this client types and reads at gateways, and not in the log itself. */
  boolean throughGateway(int number) {
    return habits.leaving() > 0 && (this != KILLED_ONE_AFTER_ANOTHER || number % 4 > 1);
  }

  /** Whether processes are replaced before people may come. */
  boolean prepares() {
    return EnumSet.of(
            ROLLING_UPGRADE,
            OVERLOAD,
            OVERLOAD_FIVEFOLD,
            TOPOLOGY_DISK_FULL,
            WORKER_CLOCKS,
            TOPOLOGY_CLOCK,
            GATEWAY_CLOCK)
        .contains(this);
  }

  /** Why this cannot be done here; empty if it can. */
  Optional<String> impossible() {
    return switch (this) {
      case WORKER_CLOCKS, TOPOLOGY_CLOCK, GATEWAY_CLOCK -> FakeClock.missing();
      case TOPOLOGY_DISK_FULL, BROKER_DISK_FULL -> RoleProcess.disksCannotBeFilled();
      default -> Optional.empty();
    };
  }

  /** When this client comes, ms after the run began. */
  long startMillis(int number, Random random) {
    if (!isOverload()) return random.nextLong(habits.arriving().toMillis());
    long within = random.nextLong(Loads.PHASE.toMillis());
    return number % (1 + times()) == 0 ? within : Loads.PHASE.toMillis() + within;
  }

  /** Whether people come faster than the models can answer. */
  boolean isOverload() {
    return times() > 0;
  }

  /** How many come in the second phase of an overload for each one in the first. */
  private int times() {
    return switch (this) {
      case OVERLOAD -> 2;
      case OVERLOAD_FIVEFOLD -> 5;
      default -> 0;
    };
  }

  /** How this client types. */
  Habits habits(int number) {
    return isOverload() && number % FLOODING == 0 ? habits.flooding() : habits;
  }

  /** How many people come, where so many come to most cases. */
  int people(int usual) {
    return switch (this) {
      case KILLED_ONE_AFTER_ANOTHER -> 12 * usual;
      case BROKERS_RESTARTED -> 2 * usual;
      case MODELS_DOWN -> 4 * usual;
      case OVERLOAD, OVERLOAD_FIVEFOLD -> Loads.AS_MANY_AS_CAN_BE_ANSWERED * (1 + times());
      default -> usual;
    };
  }

  void strike(Nemesis nemesis) throws InterruptedException {
    strike.strike(nemesis);
  }
}
