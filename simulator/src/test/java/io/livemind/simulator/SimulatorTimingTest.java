package io.livemind.simulator;

import static io.livemind.simulator.ApiClient.body;
import static io.livemind.simulator.ApiClient.headers;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/**
 * A busy machine makes a call later, never earlier: no call may be too early, and one of a few must
 * be in time.
 */
class SimulatorTimingTest {
  private static final int STREAMS = 200;
  private static final int TRIES = 10;

  @Test
  void aCallTakesTheTimeOfItsModelDividedByTheSpeed() throws Exception {
    // 0.2 + 100 × 0.001 + 40 × 0.02 = 1.1 s, at speed 2: 0.55 s; first token 0.16 s.
    var latency = new LatencyModel(0.2, 0.001, 0.02);
    var turn =
        new RecordedTurn(
            "x", List.of(), new RecordedReply("y".repeat(80), 100, 40, latency), false);
    try (Simulator simulator =
        Simulator.start(config(ModelProfile.of("p", latency)).withSpeed(2))) {
      var client = new ApiClient(simulator);

      boolean inTime = false;
      for (int i = 0; i < TRIES && !inTime; i++) {
        String session = "s" + i;
        simulator.register(session, new RecordedSession(List.of(turn)));
        client.stream(body(true, "x"), headers(session, 0, 0, CallKind.ANSWER));

        ServedCall call = simulator.served(session).getFirst();
        double firstToken = (call.firstTokenNanos().orElseThrow() - call.arrivedNanos()) / 1e9;
        assertThat(firstToken).isGreaterThan(0.1599);
        assertThat(call.seconds()).isGreaterThan(0.5499);
        inTime = firstToken < 0.36 && call.seconds() < 0.75;
      }

      assertThat(inTime).isTrue();
    }
  }

  @Test
  void manyStreamsAtOnceDoNotSlowEachOtherDown() throws Exception {
    var latency = new LatencyModel(0.1, 0, 0.01);
    ModelProfile profile = ModelProfile.of("p", latency);
    SimulatorConfig config =
        config(profile)
            .withScript(List.of(new ScriptedReply("z".repeat(300), 100, Optional.empty())));

    double medianLate = Double.MAX_VALUE;
    for (int i = 0; i < TRIES && medianLate >= 0.1; i++) {
      double[] late = late(config, latency.secondsFor(0, 100));
      assertThat(late).hasSize(STREAMS);
      assertThat(late[0]).isGreaterThan(-0.0001);
      medianLate = late[STREAMS / 2];
    }

    assertThat(medianLate).isLessThan(0.1);
  }

  /** By how many seconds each of the streams at once ended late, the earliest first. */
  private static double[] late(SimulatorConfig config, double expected) throws Exception {
    try (Simulator simulator = Simulator.start(config);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var done = new CountDownLatch(STREAMS);
      var clients = new ArrayList<RawClient>();
      for (int i = 0; i < STREAMS; i++) clients.add(new RawClient(simulator));
      for (RawClient client : clients)
        threads.execute(
            () -> {
              try (client) {
                client.request(body(true, "x"), "connection", "close");
                client.readAll(Duration.ofSeconds(20));
              } catch (IOException failed) {
                throw new UncheckedIOException(failed);
              } finally {
                done.countDown();
              }
            });
      done.await();

      return simulator.served().stream()
          .mapToDouble(call -> call.seconds() - expected)
          .sorted()
          .toArray();
    }
  }

  @Test
  void aSecondCallWithTheSameBeginningIsFasterByWhatTheCacheHolds() throws Exception {
    // What the cache holds is worth two seconds.
    ModelProfile caching =
        ModelProfile.of("p", new LatencyModel(0, 0.003, 0)).withCacheBlocks(1_000);
    try (Simulator simulator = Simulator.start(config(caching))) {
      var client = new ApiClient(simulator);
      String prompt = "The river flows to the sea. ".repeat(100);
      client.stream(body(true, prompt));
      client.stream(body(true, prompt));

      ServedCall first = simulator.served().get(0);
      ServedCall second = simulator.served().get(1);
      assertThat(first.cachedTokens()).isZero();
      assertThat(second.cachedTokens()).isGreaterThan(second.promptTokens() - 17);
      assertThat(second.seconds()).isLessThan(first.seconds());
    }
  }

  private static SimulatorConfig config(ModelProfile profile) {
    return SimulatorConfig.of(Map.of("large", profile));
  }
}
