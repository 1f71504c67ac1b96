package io.livemind.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever asks a session for something is told how it ended, whatever the gateway does. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LiveSessionTest {

  @Test
  void whatIsSubmittedWhileTheSessionEndsEndsWithIt() throws Exception {
    var busy = new CountDownLatch(1);
    var free = new CountDownLatch(1);
    SessionListener listener =
        event -> {
          if (!(event instanceof SessionEvent.Unknown)) return;
          busy.countDown();
          awaitUninterrupted(free);
        };
    try (var gateway =
            ScriptedGateway.start(
                talk -> {
                  talk.answerKindly(talk.hear());
                  talk.say("{'type':'news'}");
                  while (true) talk.answerKindly(talk.hear());
                });
        var liveMind = LiveMind.at(gateway.uri())) {
      LiveSession session = liveMind.open(SessionRequest.DEFAULT, listener);
      busy.await();
      session.close();
      CompletableFuture<TurnEnd> end = session.submit("Why?");
      free.countDown();

      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(end::get)
          .withMessageContaining("closed");
    }
  }

  @Test
  void aGatewayThatIsDownIsLeftForTheNextOneWhenASessionBegins() throws Exception {
    URI down = nobody();
    try (var gateway = ScriptedGateway.start(ScriptedGateway.kind());
        var liveMind = LiveMind.at(List.of(down, gateway.uri()), Optional.empty());
        var opened = liveMind.open(SessionRequest.DEFAULT, SessionListener.NONE);
        var resumed = liveMind.resume("h", SessionListener.NONE)) {
      assertThat(opened.handle()).isEqualTo("h");
      assertThat(resumed.state()).isEqualTo(SessionState.OPEN);
      assertThat(gateway.count("open")).isOne();
      assertThat(gateway.count("resume")).isOne();
    }
  }

  @Test
  void whereNoGatewayCanBeReachedThatIsToldWhenEachWasTriedOnce() throws Exception {
    var tried = new AtomicInteger();
    ScriptedGateway.Script hangsUp = _ -> tried.incrementAndGet();
    try (var first = ScriptedGateway.start(hangsUp);
        var second = ScriptedGateway.start(hangsUp);
        var liveMind = LiveMind.at(List.of(first.uri(), second.uri()), Optional.empty())) {
      assertThatExceptionOfType(LiveMindException.class)
          .isThrownBy(() -> liveMind.open(SessionRequest.DEFAULT, SessionListener.NONE))
          .matches(reason -> reason.code().equals("unreachable"));
      assertThat(tried).hasValue(2);
    }
  }

  @Test
  void modelsAreToldByTheFirstGatewayThatCanBeReached() throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/v1/models",
        exchange -> {
          byte[] body = "{\"data\":[{\"id\":\"livemind\"}]}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    URI up = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    try (var liveMind = LiveMind.at(List.of(nobody(), up), Optional.empty());
        var without = LiveMind.at(List.of(nobody(), nobody()), Optional.empty())) {
      assertThat(liveMind.models()).containsExactly("livemind");
      assertThatExceptionOfType(LiveMindException.class)
          .isThrownBy(without::models)
          .matches(reason -> reason.code().equals("unreachable"));
    } finally {
      server.stop(0);
    }
  }

  /** Where no gateway is. */
  private static URI nobody() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }

  @Test
  void whoseDayIsSpentIsToldSoAndTypesNoMore() throws Exception {
    try (var gateway =
            ScriptedGateway.start(
                talk -> {
                  JsonNode message = talk.hear();
                  while (!isFragment(message)) {
                    talk.answerKindly(message);
                    message = talk.hear();
                  }
                  talk.refuse(message, "too_many_requests", ",'retryAfterMillis':3600000");
                });
        var liveMind = LiveMind.at(gateway.uri());
        var session = liveMind.open(SessionRequest.DEFAULT, SessionListener.NONE)) {
      var spent = new TurnEnd.Failed("too_many_requests", "No: too_many_requests.");

      assertThat(session.submit("Why?").get()).isEqualTo(spent);

      await().until(() -> gateway.count("resume") == 1 && session.state() == SessionState.OPEN);
      session.type("And how? ");
      assertThat(session.submit().get()).isEqualTo(spent);
      session.reconnect();
      await().until(() -> gateway.count("resume") == 2 && session.state() == SessionState.OPEN);
      assertThat(gateway.heard.subList(3, gateway.heard.size()))
          .noneMatch(LiveSessionTest::isFragment);
    }
  }

  @Test
  void whatIsTooMuchAtOnceIsAnsweredWhenEnoughIsEarnedForIt() throws Exception {
    try (var gateway = ScriptedGateway.start(new EarnedFragments());
        var liveMind = LiveMind.at(gateway.uri());
        var session = liveMind.open(SessionRequest.DEFAULT, SessionListener.NONE)) {

      assertThat(session.submit("Why?").get()).isEqualTo(new TurnEnd.Answered("Yes."));
      assertThat(gateway.count("resume")).isLessThan(8);
    }
  }

  @Test
  void aPromptWhoseFragmentsAreTooLargeFailsAndTheNextIsAnswered() throws Exception {
    try (var gateway = ScriptedGateway.start(new StrictPipeline());
        var liveMind = LiveMind.at(gateway.uri());
        var session = liveMind.open(SessionRequest.DEFAULT, SessionListener.NONE)) {

      CompletableFuture<TurnEnd> tooLarge = session.submit("x".repeat(131_100));
      CompletableFuture<TurnEnd> behind = session.submit("Why?");

      var failed = new TurnEnd.Failed("too_large", "No: too_large.");
      assertThat(tooLarge.get()).isEqualTo(failed);
      assertThat(behind.get()).isEqualTo(failed);
      assertThat(session.submit("Why?").get()).isEqualTo(new TurnEnd.Answered("Why? Yes."));
      session.edit("y".repeat(101));
      session.edit("And how?");
      assertThat(session.submit().get()).isEqualTo(new TurnEnd.Answered("And how? Yes."));
      assertThat(gateway.count("resume")).isZero();
    }
  }

  @Test
  void whatIsDeletedWhileTheConnectionIsAwayIsDeletedWhenItIsBack() throws Exception {
    try (var gateway = ScriptedGateway.start(ScriptedGateway.kind());
        var liveMind = LiveMind.at(gateway.uri());
        var session = liveMind.open(SessionRequest.DEFAULT, SessionListener.NONE)) {
      session.reconnect();
      session.delete().get();

      assertThat(session.state()).isEqualTo(SessionState.LOST);
      assertThat(gateway.heard.getLast().path("type").asText()).isEqualTo("delete");
    }
  }

  @Test
  void anAnswerThatIsStoppedWhileTheConnectionIsAwayIsStoppedWhenItIsBack() throws Exception {
    try (var gateway =
            ScriptedGateway.start(
                talk -> {
                  while (true) {
                    JsonNode message = talk.hear();
                    talk.answerKindly(message);
                    if (message.path("kind").asText().equals("cancel"))
                      talk.say(
                          "{'type':'cancelled','turn':%s,'text':''}"
                              .formatted(message.path("turn")));
                  }
                });
        var liveMind = LiveMind.at(gateway.uri());
        var session = liveMind.open(SessionRequest.DEFAULT, SessionListener.NONE)) {
      CompletableFuture<TurnEnd> end = session.submit("Why?");
      session.reconnect();
      session.cancel();

      assertThat(end.get()).isEqualTo(new TurnEnd.Stopped(""));
    }
  }

  private static boolean isFragment(JsonNode message) {
    return message.path("type").asText().equals("fragment");
  }

  /**
   * Takes no text above 100 units; applies fragments in their order, and answers a whole prompt.
   */
  private static final class StrictPipeline implements ScriptedGateway.Script {
    private static final int LONGEST = 100;

    private final Map<Long, JsonNode> held = new HashMap<>();
    private final StringBuilder text = new StringBuilder();
    private long next = 1;
    private int turn;

    @Override
    public void serve(ScriptedGateway.Talk talk) throws IOException {
      while (true) {
        JsonNode message = talk.hear();
        if (message.path("text").asText().length() > LONGEST) {
          talk.refuse(message, "too_large", "");
          continue;
        }
        talk.answerKindly(message);
        if (!isFragment(message)) continue;
        held.put(message.path("sequence").asLong(), message);
        for (JsonNode fragment = held.remove(next);
            fragment != null;
            fragment = held.remove(next)) {
          next++;
          if (fragment.path("turn").asInt() == turn) apply(talk, fragment);
        }
      }
    }

    private void apply(ScriptedGateway.Talk talk, JsonNode fragment) throws IOException {
      int position = fragment.path("position").asInt(text.length());
      if (!fragment.path("kind").asText().equals("submit")) {
        if (position > text.length()) return;
        long end = (long) position + fragment.path("deletedLength").asInt();
        text.replace(position, (int) Math.min(end, text.length()), fragment.path("text").asText());
      } else if (fragment.path("hash").asText().equals(PromptHash.of(text.toString()))) {
        talk.say("{'type':'completed','turn':%d,'text':'%s Yes.'}".formatted(turn++, text));
        text.setLength(0);
      }
    }
  }

  /**
   * Takes one fragment, then one more each second, four at most at once; answers a submit. What a
   * client sends again when it comes back are three.
   */
  private static final class EarnedFragments implements ScriptedGateway.Script {
    private static final double EACH_NANOS = 1e9;
    private static final double MOST = 4;

    private double earned = 1;
    private long atNanos = System.nanoTime();

    @Override
    public void serve(ScriptedGateway.Talk talk) throws IOException {
      while (true) {
        JsonNode message = talk.hear();
        if (isFragment(message) && !take()) {
          long nanos = (long) ((1 - earned) * EACH_NANOS);
          talk.refuse(
              message,
              "too_many_requests",
              ",'retryAfterMillis':" + TimeUnit.NANOSECONDS.toMillis(nanos));
          return;
        }
        talk.answerKindly(message);
        if (message.path("kind").asText().equals("submit"))
          talk.say("{'type':'completed','turn':0,'text':'Yes.'}");
      }
    }

    private boolean take() {
      long now = System.nanoTime();
      earned = Math.min(MOST, earned + (now - atNanos) / EACH_NANOS);
      atNanos = now;
      if (earned < 1) return false;
      earned--;
      return true;
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
