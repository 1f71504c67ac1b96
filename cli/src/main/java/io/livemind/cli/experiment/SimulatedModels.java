package io.livemind.cli.experiment;

import io.livemind.replay.play.Play;
import io.livemind.replay.report.Interval;
import io.livemind.replay.report.ServedModels;
import io.livemind.simulator.ModelProfile;
import io.livemind.simulator.ModelProfiles;
import io.livemind.simulator.RecordedCounts;
import io.livemind.simulator.ServedCall;
import io.livemind.simulator.Simulator;
import io.livemind.simulator.SimulatorConfig;
import io.livemind.workers.ModelConfig;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.Timeouts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The recorded replies, served over HTTP in the time that the recorded models would take. */
public final class SimulatedModels implements Models {
  private static final ModelProfile LARGE = ModelProfiles.LLAMA_3_70B_A100;
  private static final ModelProfile SMALL = ModelProfiles.LLAMA_3_8B_A100;

  /** At recorded speed the longest recorded answer takes 219 s. */
  private static final Timeouts TIMEOUTS =
      new Timeouts(
          Duration.ofSeconds(5),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(10));

  /** About a million tokens. */
  private static final int CACHE_BLOCKS = 65_536;

  /** More calls than any replay makes at a time. */
  private static final int QUEUE = 100_000;

  private final Simulator simulator;
  private final double speed;
  private final boolean madeUp;
  private final List<Play> expected = new CopyOnWriteArrayList<>();

  private SimulatedModels(Simulator simulator, double speed, boolean madeUp) {
    this.simulator = simulator;
    this.speed = speed;
    this.madeUp = madeUp;
  }

  /**
   * Starts a simulator on loopback.
   *
   * @param speed divides the time of the models; 1 is the calibrated one
   */
  public static SimulatedModels start(double speed) {
    Map<String, ModelProfile> profiles = Map.of(LARGE.name(), LARGE, SMALL.name(), SMALL);
    return new SimulatedModels(
        Simulator.start(SimulatorConfig.of(profiles).withSpeed(speed)), speed, false);
  }

  /**
   * Starts a simulator on loopback that makes replies up and counts the tokens of prompts, with a
   * prefix cache as serving engines have it.
   */
  public static SimulatedModels madeUpWithCache(double speed) {
    Map<String, ModelProfile> profiles =
        Map.of(
            LARGE.name(), LARGE.withCacheBlocks(CACHE_BLOCKS),
            SMALL.name(), SMALL.withCacheBlocks(CACHE_BLOCKS));
    var simulator = Simulator.start(SimulatorConfig.of(profiles).withSpeed(speed));
    return new SimulatedModels(simulator, speed, true);
  }

  /**
   * Starts a simulator on loopback whose large model runs so many calls at a time.
   *
   * @param sequences at a time; the others wait
   * @param loadFactor how much longer a token takes when all of them run
   */
  public static SimulatedModels loaded(double speed, int sequences, double loadFactor) {
    Map<String, ModelProfile> profiles =
        Map.of(
            LARGE.name(), LARGE.withConcurrency(sequences, QUEUE, loadFactor), SMALL.name(), SMALL);
    var simulator = Simulator.start(SimulatorConfig.of(profiles).withSpeed(speed));
    return new SimulatedModels(simulator, speed, false);
  }

  @Override
  public Map<String, ModelConfig> configuration(int places) {
    return Map.of(
        ModelRole.LARGE.model(), configuration(LARGE, places),
        ModelRole.SMALL.model(), configuration(SMALL, places));
  }

  private ModelConfig configuration(ModelProfile profile, int places) {
    ReplicaConfig replica =
        ReplicaConfig.openAi(simulator.baseUrl(), profile.name(), Optional.empty(), places);
    return new ModelConfig(List.of(replica.withSessionHeaders().withTimeouts(TIMEOUTS)));
  }

  @Override
  public void expect(List<Play> plays) {
    if (madeUp) return;
    List<Play> recorded = plays.stream().filter(Play::recorded).toList();
    recorded.forEach(play -> simulator.register(play.sessionId(), RecordedSessions.of(play)));
    expected.addAll(recorded);
  }

  @Override
  public ServedModels served() {
    Map<String, List<ServedCall>> calls =
        simulator.served().stream().collect(Collectors.groupingBy(ServedCall::session));
    Set<String> known = expected.stream().map(Play::sessionId).collect(Collectors.toSet());
    return new ServedModels() {
      @Override
      public Optional<List<Interval>> times(String sessionId) {
        return Optional.of(
            calls.getOrDefault(sessionId, List.of()).stream()
                .map(call -> new Interval(call.arrivedNanos(), call.endedNanos()))
                .toList());
      }

      @Override
      public boolean simulated() {
        return true;
      }

      @Override
      public Optional<Tokens> tokens(String sessionId) {
        return Optional.of(ServedTokens.of(calls.getOrDefault(sessionId, List.of())));
      }

      @Override
      public Optional<Counts> counts(String sessionId) {
        if (!known.contains(sessionId)) return Optional.empty();
        RecordedCounts counts = simulator.recordedCounts(sessionId);
        return Optional.of(
            new Counts(
                counts.surplusInferences(),
                counts.unservedInferences(),
                counts.violations().size()));
      }
    };
  }

  @Override
  public List<String> violations() {
    return expected.stream().flatMap(this::violations).toList();
  }

  private Stream<String> violations(Play play) {
    return simulator.recordedCounts(play.sessionId()).violations().stream()
        .map(
            violation ->
                "%s in %s, turn %d, step %d: rule %s, %s"
                    .formatted(
                        play.recording().id(),
                        play.arm().name(),
                        violation.turn(),
                        violation.step(),
                        violation.rule().code(),
                        violation.reason()));
  }

  @Override
  public boolean recorded() {
    return true;
  }

  @Override
  public List<String> notes() {
    return List.of(
        "The models are simulated: each call gets "
            + (madeUp
                ? "a made-up reply"
                : "its recorded reply (where none was recorded, a made-up one)")
            + ", in the time that"
            + " Llama-3-70B-Instruct (large) and Llama-3-8B-Instruct (small) take for these tokens"
            + " on an A100 (latencies calibrated to the LiveMind experiments, arXiv 2406.14319"
            + " version 1)"
            + (speed == 1 ? "." : ", divided by " + plain(speed) + "."));
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  @Override
  public void close() {
    simulator.close();
  }
}
