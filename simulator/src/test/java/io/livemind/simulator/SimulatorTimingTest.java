package io.livemind.simulator;

import static io.livemind.simulator.ApiClient.body;
import static io.livemind.simulator.ApiClient.headers;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class SimulatorTimingTest {
  private static final int STREAMS = 200;

  @Test
  void aCallTakesTheTimeOfItsModelDividedByTheSpeed() throws Exception {
    // 0.2 + 100 × 0.001 + 40 × 0.02 = 1.1 s, at speed 2: 0.55 s; first token 0.16 s.
    var latency = new LatencyModel(0.2, 0.001, 0.02);
    var turn =
        new RecordedTurn(
            "x", List.of(), new RecordedReply("y".repeat(80), 100, 40, latency), false);
    try (Simulator simulator =
        Simulator.start(config(ModelProfile.of("p", latency)).withSpeed(2))) {
      simulator.register("s", new RecordedSession(List.of(turn)));

      new ApiClient(simulator).stream(body(true, "x"), headers("s", 0, 0, CallKind.ANSWER));

      ServedCall call = simulator.served("s").getFirst();
      double firstToken = (call.firstTokenNanos().orElseThrow() - call.arrivedNanos()) / 1e9;
      assertThat(firstToken).isBetween(0.1599, 0.36);
      assertThat(call.seconds()).isBetween(0.5499, 0.75);
    }
  }

  @Test
  void manyStreamsAtOnceDoNotSlowEachOtherDown() throws Exception {
    var latency = new LatencyModel(0.1, 0, 0.01);
    ModelProfile profile = ModelProfile.of("p", latency);
    SimulatorConfig config =
        config(profile)
            .withScript(List.of(new ScriptedReply("z".repeat(300), 100, Optional.empty())));
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

      double expected = latency.secondsFor(0, 100);
      double[] late =
          simulator.served().stream()
              .mapToDouble(call -> call.seconds() - expected)
              .sorted()
              .toArray();
      assertThat(late).hasSize(STREAMS);
      assertThat(Arrays.stream(late).min().orElseThrow()).isGreaterThan(-0.0001);
      assertThat(late[STREAMS / 2]).isLessThan(0.1);
    }
  }

  @Test
  void aSecondCallWithTheSameBeginningIsFasterByWhatTheCacheHolds() throws Exception {
    ModelProfile caching =
        ModelProfile.of("p", new LatencyModel(0, 0.0005, 0)).withCacheBlocks(1_000);
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
