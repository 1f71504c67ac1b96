package io.livemind.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemind.integration.chaos.process.TcpProxy;
import io.livemind.replay.play.Play;
import io.livemind.replay.play.PlayResult;
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
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of turns when the servers of the models do not do what they should. */
class BackendFaultsTest {
  private static final String MODEL = "m";
  private static final LatencyModel WELL = new LatencyModel(0.05, 0, 0.005);
  private static final LatencyModel SLOW = new LatencyModel(0.5, 0, 0.05);
  private static final int SESSIONS = 12;
  private static final Duration EVERY = Duration.ofMillis(200);
  private static final Duration OUTAGE = Duration.ofMinutes(1);

  /** A replica that was long away is probed twice a minute. */
  private static final Duration PROBED = Duration.ofSeconds(60);

  /** Until the breaker opens, calls that were on their way then, and a probe now and then. */
  private static final int CALLS_OF_NO_STORM = 30;

  private static SimulatorConfig simulator(LatencyModel latency) {
    return SimulatorConfig.of(Map.of(MODEL, ModelProfile.of(MODEL, latency)));
  }

  private static ReplicaConfig replica(URI baseUrl) {
    return ReplicaConfig.openAi(baseUrl, MODEL, Optional.empty(), 8);
  }

  private static List<Play> plays(String name, Duration every) {
    return IntStream.range(0, SESSIONS)
        .mapToObj(i -> Sessions.play(name + i, every.multipliedBy(i)))
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

      var result = pipeline.play(plays("three", EVERY));

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
  @Tag("long")
  void whenAllBackendsAreDownForAMinuteEachUserIsToldOnceAndAnswersComeAgainAfterwards(
      @TempDir Path state) throws Exception {
    try (var pipeline = TestPipeline.start(state);
        var well = Simulator.start(simulator(WELL))) {
      TcpProxy cable;
      try (var down =
          Simulator.start(simulator(WELL).withFaults(FaultPlan.of(Fault.UNAVAILABLE, 1, 1)))) {
        cable = TcpProxy.to(address(down));
        pipeline.startWorker(
            List.of(replica(URI.create("http://127.0.0.1:" + cable.port() + "/v1"))));

        var during = pipeline.play(plays("down", OUTAGE.dividedBy(SESSIONS)));

        assertThat(during.sessions())
            .allSatisfy(
                session -> {
                  assertThat(session.failure()).contains("overloaded");
                  assertThat(ends(session, Failed.class)).isEqualTo(1);
                  assertThat(ends(session, Completed.class)).isZero();
                });
        assertThat(down.served()).as("calls").hasSizeLessThanOrEqualTo(CALLS_OF_NO_STORM);
      }
      try (cable) {
        cable.retarget(address(well));
        await().atMost(PROBED).until(() -> isAnswered(pipeline.play(plays("probe", EVERY))));

        assertThat(isAnswered(pipeline.play(plays("back", EVERY)))).isTrue();
      }
    }
  }

  private static InetSocketAddress address(Simulator simulator) {
    return new InetSocketAddress(simulator.baseUrl().getHost(), simulator.baseUrl().getPort());
  }

  private static boolean isAnswered(PlayResult result) {
    return result.sessions().stream()
        .allMatch(session -> session.failure().isEmpty() && ends(session, Completed.class) == 1);
  }
}
