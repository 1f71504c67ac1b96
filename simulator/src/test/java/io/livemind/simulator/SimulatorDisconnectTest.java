package io.livemind.simulator;

import static io.livemind.simulator.ApiClient.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One place, one seat in the queue, and calls that take a minute unless somebody leaves. */
class SimulatorDisconnectTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final LatencyModel SLOW_START = new LatencyModel(60, 0, 0);
  private static final LatencyModel SLOW_TOKENS = new LatencyModel(0, 0, 1);

  private final Simulator simulator =
      Simulator.start(
          SimulatorConfig.of(
              Map.of(
                  "large", narrow(SLOW_START),
                  "decoding", narrow(SLOW_TOKENS))));

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void aClientThatLeavesBeforeTheFirstTokenFreesItsPlaceAtOnce() throws Exception {
    try (var leaver = new RawClient(simulator)) {
      leaver.request(body(true, "x"));
      leaver.readUntil("\r\n\r\n");
      assertThat(simulator.load("large")).isEqualTo(new ModelLoad(1, 0));
    }

    await().atMost(SOON).until(() -> simulator.load("large").equals(new ModelLoad(0, 0)));
    ServedCall call = simulator.served().getFirst();
    assertThat(call.cancelled()).isTrue();
    assertThat(call.whole()).isFalse();
    assertThat(call.completionTokens()).isZero();
    assertThat(call.firstTokenNanos()).isEmpty();
  }

  @Test
  void aClientThatLeavesMidStreamFreesItsPlaceAtOnce() throws Exception {
    try (var leaver = new RawClient(simulator)) {
      leaver.request(to("decoding"));
      leaver.readUntil("\"content\":\"[");
    }

    await().atMost(SOON).until(() -> simulator.served().size() == 1);
    ServedCall call = simulator.served().getFirst();
    assertThat(call.cancelled()).isTrue();
    assertThat(call.completionTokens()).isBetween(1, 12);
    assertThat(call.firstTokenNanos()).isPresent();
  }

  @Test
  void oneCallTooManyIsTurnedAwayAndTheQueuedOneGetsThePlaceThatIsFreed() throws Exception {
    try (var running = new RawClient(simulator);
        var queued = new RawClient(simulator);
        var third = new RawClient(simulator)) {
      fill(running, queued);

      third.request(body(true, "x"));
      assertThat(third.readUntil("\r\n\r\n")).contains("503").contains("retry-after: 1");
      running.close();

      assertThat(queued.readUntil("\r\n\r\n")).contains("200 OK");
    }
  }

  @Test
  void aClientThatLeavesTheQueueMakesRoomInIt() throws Exception {
    try (var running = new RawClient(simulator);
        var leaver = new RawClient(simulator)) {
      fill(running, leaver);

      leaver.close();

      await().atMost(SOON).until(() -> simulator.load("large").equals(new ModelLoad(1, 0)));
      await().atMost(SOON).until(() -> simulator.served().size() == 1);
      ServedCall left = simulator.served().getFirst();
      assertThat(left.cancelled()).isTrue();
      assertThat(left.status()).isZero();
      assertThat(left.admittedNanos()).isEmpty();
    }
  }

  private void fill(RawClient running, RawClient queued) throws Exception {
    running.request(body(true, "x"));
    running.readUntil("\r\n\r\n");
    queued.request(body(true, "x"));
    await().atMost(SOON).until(() -> simulator.load("large").waiting() == 1);
  }

  private static String to(String model) {
    return body(model, true, List.of(ChatMessage.user("Tell me something about rivers.")));
  }

  private static ModelProfile narrow(LatencyModel latency) {
    return ModelProfile.of("test", latency).withConcurrency(1, 1, 1);
  }
}
