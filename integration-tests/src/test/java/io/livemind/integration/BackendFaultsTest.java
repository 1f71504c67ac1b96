package io.livemind.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.replay.play.Play;
import io.livemind.replay.play.SessionResult;
import io.livemind.replay.play.TurnResult;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Failed;
import io.livemind.simulator.Fault;
import io.livemind.simulator.FaultPlan;
import io.livemind.simulator.LatencyModel;
import io.livemind.simulator.ModelProfile;
import io.livemind.simulator.Simulator;
import io.livemind.simulator.SimulatorConfig;
import io.livemind.workers.ReplicaConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of turns when the servers of the models do not do what they should. */
class BackendFaultsTest {
  private static final String MODEL = "m";
  private static final LatencyModel WELL = new LatencyModel(0.05, 0, 0.005);
  private static final LatencyModel SLOW = new LatencyModel(0.5, 0, 0.05);
  private static final int SESSIONS = 12;

  /** Until the breaker opens, calls that were on their way then, and a probe now and then. */
  private static final int CALLS_OF_NO_STORM = 30;

  private static SimulatorConfig simulator(LatencyModel latency) {
    return SimulatorConfig.of(Map.of(MODEL, ModelProfile.of(MODEL, latency)));
  }

  private static ReplicaConfig replica(URI baseUrl) {
    return ReplicaConfig.openAi(baseUrl, MODEL, Optional.empty(), 8);
  }

  private static List<Play> plays(String name) {
    return IntStream.range(0, SESSIONS)
        .mapToObj(i -> Sessions.play(name + i, Duration.ofMillis(i * 200L)))
        .toList();
  }

  private static long ends(SessionResult session, Class<?> type) {
    return session.turns().stream()
        .map(TurnResult::timeline)
        .flatMap(List::stream)
        .filter(seen -> type.isInstance(seen.event().getEvent()))
        .count();
  }

  @Test
  void ofThreeReplicasOneFailsAndOneIsSlowAndNoTurnFails(@TempDir Path state) throws Exception {
    try (var pipeline = TestPipeline.start(state);
        var fails =
            Simulator.start(
                simulator(WELL).withFaults(FaultPlan.of(Fault.CLOSE_MID_STREAM, 1, 1)));
        var slow = Simulator.start(simulator(SLOW));
        var well = Simulator.start(simulator(WELL))) {
      pipeline.startWorker(
          List.of(replica(fails.baseUrl()), replica(slow.baseUrl()), replica(well.baseUrl())));

      var result = pipeline.play(plays("three"));

      assertThat(fails.served()).as("calls at the replica that fails").isNotEmpty();
      assertThat(result.sessions())
          .allSatisfy(
              session -> {
                assertThat(session.failure()).isEmpty();
                assertThat(ends(session, Completed.class)).isEqualTo(1);
                assertThat(session.turns().getFirst().finalText()).isNotBlank();
              });
    }
  }

  @Test
  void whenAllBackendsAreDownEachUserIsToldOnceAndTheCallsAreFew(@TempDir Path state)
      throws Exception {
    try (var pipeline = TestPipeline.start(state)) {
      try (var down =
          Simulator.start(simulator(WELL).withFaults(FaultPlan.of(Fault.UNAVAILABLE, 1, 1)))) {
        pipeline.startWorker(List.of(replica(down.baseUrl())));

        var during = pipeline.play(plays("down"));

        assertThat(during.sessions())
            .allSatisfy(
                session -> {
                  assertThat(session.failure()).contains("overloaded");
                  assertThat(ends(session, Failed.class)).isEqualTo(1);
                  assertThat(ends(session, Completed.class)).isZero();
                });
        assertThat(down.served()).as("calls").hasSizeLessThanOrEqualTo(CALLS_OF_NO_STORM);
      }
    }
  }
}
