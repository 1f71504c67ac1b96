package io.livemind.cli.chat;

import io.livemind.client.LiveMind;
import io.livemind.client.LiveMindException;
import io.livemind.client.LiveSession;
import io.livemind.client.SessionEvent;
import io.livemind.client.SessionListener;
import io.livemind.client.SessionRequest;
import io.livemind.client.SessionState;
import io.livemind.client.TurnEnd;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.Widget;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/**
 * A conversation at a terminal. What is typed is sent key by key; what the model concludes
 * meanwhile is shown faint above the line; the answer streams below it. Ctrl-C stops the answer,
 * and the second one the waiting for it, or drops the line; Ctrl-D leaves.
 *
 * <p>Threading: {@link #run} belongs to one thread; the session's thread calls the listener.
 */
public final class ChatScreen implements SessionListener {
  private static final String PROMPT = "> ";

  private final Terminal terminal;
  private final LineReader reader;
  private volatile Optional<ShownAnswer> shown = Optional.empty();
  private volatile int thoughts;

  public ChatScreen(Terminal terminal) {
    this.terminal = terminal;
    this.reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
  }

  /** Talks until the person leaves. */
  public void run(LiveMind liveMind, SessionRequest request) throws InterruptedException {
    try (LiveSession session = liveMind.open(request, this)) {
      sendEveryKey(session);
      print("Type; it thinks along. Enter asks, Ctrl-C stops, Ctrl-D leaves.\n");
      while (true) {
        try {
          String line = reader.readLine(PROMPT);
          if (!line.isBlank()) ask(session, line);
        } catch (UserInterruptException dropped) {
          session.edit("");
        } catch (EndOfFileException left) {
          Farewell.say(session);
          return;
        }
      }
    }
  }

  @Override
  public void event(SessionEvent event) {
    switch (event) {
      case SessionEvent.Inferred thought -> {
        thoughts++;
        if (!thought.text().isEmpty()) above(EscapeFilter.oneLine(thought.text()));
      }
      case SessionEvent.DraftHeld _ -> above("an answer is ready");
      case SessionEvent.OfTurn ofTurn -> shown.ifPresent(answer -> answer.apply(ofTurn));
      case SessionEvent.Snapshot snapshot -> {
        if (!snapshot.recovered()) above("a part of the conversation is lost");
      }
      case SessionEvent.Refused refused -> above(EscapeFilter.oneLine(refused.message()));
      default -> {}
    }
  }

  @Override
  public void state(SessionState state) {
    if (state == SessionState.WAITING) above("the connection is lost; trying again");
  }

  /** Each widget may change the line: the session is told what it is then. */
  private void sendEveryKey(LiveSession session) {
    reader
        .getWidgets()
        .replaceAll(
            (name, widget) ->
                (Widget)
                    () -> {
                      boolean done = widget.apply();
                      session.edit(reader.getBuffer().toString());
                      return done;
                    });
  }

  private void ask(LiveSession session, String line) throws InterruptedException {
    Attributes before = terminal.getAttributes();
    var quiet = new Attributes(before);
    quiet.setLocalFlag(LocalFlag.ECHO, false);
    terminal.setAttributes(quiet);
    int ahead = thoughts;
    long begun = System.nanoTime();
    shown = Optional.of(new ShownAnswer(this::print));
    CompletableFuture<TurnEnd> end = session.submit(line);
    var stops = terminal.handle(Signal.INT, new Stopping(session, end));
    try {
      print("\n" + closing(end.get()) + "\n");
      above(
          String.format(
              Locale.ROOT,
              "%.2f s after Enter, %d thoughts before",
              Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1000.0,
              ahead));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LiveMindException over) throw over;
      throw new IllegalStateException("a turn failed", e.getCause());
    } finally {
      thoughts = 0;
      shown = Optional.empty();
      terminal.setAttributes(before);
      var unused = terminal.handle(Signal.INT, stops);
    }
  }

  private static String closing(TurnEnd end) {
    return switch (end) {
      case TurnEnd.Answered _ -> "";
      case TurnEnd.Stopped _ -> "[stopped]";
      case TurnEnd.Failed(String code, String message) -> "[" + code + "] " + message;
    };
  }

  /** Says something on the side: faint, and above the line while one is typed. */
  private void above(String text) {
    var faint = new AttributedString(text, AttributedStyle.DEFAULT.faint());
    if (reader.isReading()) reader.printAbove(faint);
    else print(faint.toAnsi(terminal) + "\n");
  }

  private void print(String text) {
    terminal.writer().print(text);
    terminal.writer().flush();
  }
}
