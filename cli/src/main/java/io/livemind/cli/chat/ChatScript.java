package io.livemind.cli.chat;

import io.livemind.client.LiveMind;
import io.livemind.client.LiveMindException;
import io.livemind.client.LiveSession;
import io.livemind.client.SessionListener;
import io.livemind.client.SessionRequest;
import io.livemind.client.TurnEnd;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.ExecutionException;

/** A conversation with a script: a prompt on each line, its answer on standard output. */
public final class ChatScript {
  private final PrintStream out;
  private final PrintStream err;

  public ChatScript(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Asks every line in one session.
   *
   * @return whether every line was answered
   */
  public boolean run(LiveMind liveMind, SessionRequest request, BufferedReader in)
      throws IOException, InterruptedException {
    boolean answered = true;
    try (LiveSession session = liveMind.open(request, SessionListener.NONE)) {
      for (String line = in.readLine(); line != null; line = in.readLine())
        if (!line.isBlank()) answered &= ask(session, line);
      Farewell.say(session);
    }
    return answered;
  }

  private boolean ask(LiveSession session, String prompt) throws InterruptedException {
    try {
      TurnEnd end = session.submit(prompt).get();
      return switch (end) {
        case TurnEnd.Answered(String text) -> printed(text);
        case TurnEnd.Stopped(String text) -> printed(text);
        case TurnEnd.Failed(String code, String message) -> {
          err.println("livemind chat: " + code + ": " + message);
          yield false;
        }
      };
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LiveMindException over) throw over;
      throw new IllegalStateException("a turn failed", e.getCause());
    }
  }

  private boolean printed(String text) {
    out.println(new EscapeFilter().filter(text));
    out.flush();
    return true;
  }
}
