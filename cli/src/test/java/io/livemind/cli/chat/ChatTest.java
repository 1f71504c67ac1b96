package io.livemind.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemind.cli.experiment.SimulatedModels;
import io.livemind.cli.live.AllInOne;
import io.livemind.client.LiveMind;
import io.livemind.client.LiveSession;
import io.livemind.client.SessionEvent;
import io.livemind.client.SessionListener;
import io.livemind.client.SessionRequest;
import io.livemind.client.SessionState;
import io.livemind.client.TurnEnd;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Conversations with the whole pipeline behind them. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init")
class ChatTest {
  private static final Charset UTF_8 = StandardCharsets.UTF_8;
  private static final String FIRST = "Glaciers melt in summer, and the rivers are full. ";
  private static final String SECOND = "Where does all this water go?";
  private static final double SPEED = 10;

  /** An answer takes many seconds: longer than a busy machine needs to stop it. */
  private static final double SLOW = 0.25;

  private static final Duration LONG = Duration.ofSeconds(60);

  private static AllInOne everything;
  private static LiveMind liveMind;

  @BeforeAll
  static void open() throws Exception {
    everything = AllInOne.start(0, SimulatedModels.start(SPEED));
    liveMind = LiveMind.at(everything.uri());
  }

  @AfterAll
  static void close() {
    liveMind.close();
    everything.close();
  }

  @Test
  void aScriptGetsAnAnswerForEveryLine() throws Exception {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var script =
        new ChatScript(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));

    boolean answered =
        script.run(
            liveMind,
            SessionRequest.DEFAULT,
            new BufferedReader(new StringReader("Is it late?\n\nAnd now?\n")));

    assertThat(err.toString(UTF_8)).isEmpty();
    assertThat(answered).isTrue();
    assertThat(out.toString(UTF_8).lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("[simulated]").contains("“Is it late?”"),
            line -> assertThat(line).contains("“And now?”"));
  }

  @Test
  void aPersonSeesThoughtsWhileTypingAndTheAnswerBelow() throws Exception {
    try (var screen = new Screen(liveMind)) {
      screen.awaitText("> ");
      screen.type(FIRST + SECOND);

      screen.awaitText("[simulated]");
      screen.type("\r");

      screen.awaitText("“" + FIRST + SECOND + "”");
      screen.awaitText("s after Enter");
      screen.type("\u0004");
      screen.ended.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }
  }

  @Test
  void ctrlCStopsTheAnswerAndTheConversationGoesOn() throws Exception {
    try (var slow = AllInOne.start(0, SimulatedModels.start(SLOW));
        var slowLiveMind = LiveMind.at(slow.uri());
        var screen = new Screen(slowLiveMind)) {
      screen.awaitText("> ");
      screen.type("Tell me about water.\r");
      screen.awaitText("“Tell me about water.”");

      screen.type("\u0003");

      screen.awaitText("[stopped]");
      screen.type("And ice?\r");
      screen.awaitText("“And ice?”");
      screen.type("\u0003\u0004");
      screen.ended.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }
  }

  @Test
  void whoseGatewayIsGoneWaitsForNoAnswerThatIsStopped() throws Exception {
    try (var slow = AllInOne.start(0, SimulatedModels.start(SLOW));
        var slowLiveMind = LiveMind.at(slow.uri());
        var screen = new Screen(slowLiveMind)) {
      screen.awaitText("> ");
      screen.type("Tell me about water.\r");
      screen.awaitText("“Tell me about water.”");
      slow.close();
      screen.awaitText("the connection is lost");

      screen.type("\u0003\u0003");

      screen.awaitText("not waited for any longer");
      screen.type("\u0004");
      screen.ended.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }
  }

  @Test
  void aLostConnectionComesBackAndTheAnswerIsWholeAndOnce() throws Exception {
    var events = new CopyOnWriteArrayList<SessionEvent>();
    var states = new CopyOnWriteArrayList<SessionState>();
    SessionListener listener =
        new SessionListener() {
          @Override
          public void event(SessionEvent event) {
            events.add(event);
          }

          @Override
          public void state(SessionState state) {
            states.add(state);
          }
        };
    try (LiveSession session = liveMind.open(SessionRequest.DEFAULT, listener)) {
      session.type(FIRST);
      session.reconnect();
      session.type(SECOND);
      CompletableFuture<TurnEnd> end = session.submit();
      await()
          .atMost(LONG)
          .until(() -> events.stream().anyMatch(SessionEvent.Delta.class::isInstance));
      session.reconnect();

      assertThat(end.get())
          .isInstanceOfSatisfying(
              TurnEnd.Answered.class,
              answered -> assertThat(answered.text()).contains(FIRST + SECOND));
      assertThat(states).contains(SessionState.WAITING);
      assertThat(events.stream().filter(SessionEvent.Completed.class::isInstance)).hasSize(1);
    }
  }

  @Test
  void theNewerOfTwoClientsWrites() throws Exception {
    try (LiveSession older = liveMind.open(SessionRequest.DEFAULT, SessionListener.NONE)) {
      CompletableFuture<TurnEnd> first = older.submit("Is it late?");
      assertThat(first.get()).isInstanceOf(TurnEnd.Answered.class);
      try (LiveSession newer = liveMind.resume(older.handle(), SessionListener.NONE)) {
        newer.type("It is late now. ");
        CompletableFuture<TurnEnd> second = newer.submit();
        assertThat(second.get()).isInstanceOf(TurnEnd.Answered.class);

        older.type("No, it is not. ");

        await().atMost(LONG).until(() -> older.state() == SessionState.TAKEN_OVER);
      }
    }
  }

  /** A terminal in memory with a person before it. */
  private static final class Screen implements AutoCloseable {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final LineDisciplineTerminal terminal;
    private final CompletableFuture<List<String>> ended = new CompletableFuture<>();

    Screen(LiveMind liveMind) throws Exception {
      terminal = new LineDisciplineTerminal("test", "xterm", out, UTF_8);
      terminal.setSize(new Size(200, 40));
      Thread.ofPlatform()
          .daemon()
          .start(
              () -> {
                try {
                  new ChatScreen(terminal).run(liveMind, SessionRequest.DEFAULT);
                  ended.complete(List.of());
                } catch (Exception e) {
                  ended.completeExceptionally(e);
                }
              });
    }

    void type(String keys) throws Exception {
      for (byte key : keys.getBytes(UTF_8)) terminal.processInputByte(key);
    }

    void awaitText(String text) {
      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(out.toString(UTF_8).replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", ""))
                      .contains(text));
    }

    @Override
    public void close() throws Exception {
      terminal.close();
    }
  }
}
