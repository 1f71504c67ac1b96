package io.livemind.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.livemind.client.LiveMind;
import io.livemind.client.LiveMindException;
import io.livemind.client.SessionListener;
import io.livemind.client.SessionRequest;
import io.livemind.client.TurnEnd;
import io.livemind.gateway.Auth;
import io.livemind.gateway.GatewayApp;
import io.livemind.gateway.GatewayConfig;
import io.livemind.gateway.Limits;
import io.livemind.gateway.handle.HandleKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the Java client makes of a real gateway's refusals, with the real pipeline behind it. */
@Timeout(300)
class ClientOnPipelineTest {
  private static final String KEY = "secret-key-of-ada";
  private static final String OTHER_KEY = "secret-key-of-bob";
  private static final int LONGEST_FRAGMENT = 100;
  private static final Deque<AutoCloseable> OPENED = new ArrayDeque<>();
  private static URI gateway;

  @BeforeAll
  static void start(@TempDir Path state) {
    TestPipeline pipeline = TestPipeline.start(state);
    OPENED.push(pipeline);
    pipeline.startWorker();
    GatewayApp started = GatewayApp.start(config(pipeline), pipeline.topics());
    OPENED.push(started);
    gateway = started.uri();
  }

  /** Short fragments, and a day that is spent with the first answer. */
  private static GatewayConfig config(TestPipeline pipeline) {
    GatewayConfig local = GatewayConfig.local(0, pipeline.kafka());
    Limits usual = local.limits();
    return new GatewayConfig(
        "strict",
        local.host(),
        0,
        1,
        local.kafka(),
        new Auth.ApiKeys(Map.of(KEY, "ada", OTHER_KEY, "bob")),
        List.of(HandleKey.random()),
        new Limits(
            usual.messageBytes(),
            LONGEST_FRAGMENT,
            usual.fragmentsPerSecond(),
            usual.sessionsPerMinute(),
            usual.connectionsPerAddress(),
            usual.queuedEvents(),
            OptionalLong.of(1),
            usual.chatDeadline()),
        local.models(),
        local.samples(),
        local.allowedHosts(),
        local.allowedOrigins(),
        local.trustedProxies());
  }

  @AfterAll
  static void stop() throws Exception {
    while (!OPENED.isEmpty()) OPENED.pop().close();
  }

  @Test
  void whoHasSpentTheDayIsToldWhichLimitInEverySession() throws Exception {
    try (var liveMind = as(KEY);
        var session = liveMind.open(SessionRequest.DEFAULT, SessionListener.NONE)) {
      assertThat(session.submit("Why?").get()).isInstanceOf(TurnEnd.Answered.class);

      // What a turn cost is known a moment after its end.
      TurnEnd end =
          await()
              .atMost(Duration.ofMinutes(2))
              .until(() -> session.submit("And how?").get(), TurnEnd.Failed.class::isInstance);

      assertThat(end)
          .isInstanceOfSatisfying(
              TurnEnd.Failed.class,
              failed -> {
                assertThat(failed.code()).isEqualTo("too_many_requests");
                assertThat(failed.message()).contains("tokens-per-user-and-day");
              });
      assertThatExceptionOfType(LiveMindException.class)
          .isThrownBy(() -> liveMind.open(SessionRequest.DEFAULT, SessionListener.NONE))
          .withMessageContaining("tokens-per-user-and-day")
          .extracting(LiveMindException::code)
          .isEqualTo("too_many_requests");
    }
  }

  @Test
  void whatIsTooLargeFailsByItsLimitAndTheNextPromptIsAnswered() throws Exception {
    try (var liveMind = as(OTHER_KEY);
        var session = liveMind.open(SessionRequest.DEFAULT, SessionListener.NONE)) {
      TurnEnd tooLarge = session.submit("x".repeat(LONGEST_FRAGMENT + 1)).get();
      TurnEnd next = session.submit("Why?").get();

      assertThat(tooLarge)
          .isInstanceOfSatisfying(
              TurnEnd.Failed.class,
              failed -> {
                assertThat(failed.code()).isEqualTo("too_large");
                assertThat(failed.message()).contains("fragment-length");
              });
      assertThat(next).isInstanceOf(TurnEnd.Answered.class);
    }
  }

  @Test
  void whoIsNotKnownIsToldSo() {
    try (var liveMind = as("secret-key-of-nobody")) {
      assertThatExceptionOfType(LiveMindException.class)
          .isThrownBy(() -> liveMind.open(SessionRequest.DEFAULT, SessionListener.NONE))
          .extracting(LiveMindException::code)
          .isEqualTo("unauthenticated");
    }
  }

  private static LiveMind as(String key) {
    return LiveMind.at(List.of(gateway), Optional.of(key));
  }
}
