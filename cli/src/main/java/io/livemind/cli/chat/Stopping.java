package io.livemind.cli.chat;

import io.livemind.client.LiveSession;
import io.livemind.client.SessionState;
import io.livemind.client.TurnEnd;
import java.util.concurrent.CompletableFuture;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;

/**
 * Ctrl-C while an answer is awaited: the first one asks the pipeline to stop it; the next one, or
 * one while there is no connection, waits for it no longer.
 */
final class Stopping implements SignalHandler {
  private final LiveSession session;
  private final CompletableFuture<TurnEnd> end;
  private boolean asked;

  Stopping(LiveSession session, CompletableFuture<TurnEnd> end) {
    this.session = session;
    this.end = end;
  }

  @Override
  public synchronized void handle(Signal signal) {
    session.cancel();
    if (asked || session.state() != SessionState.OPEN)
      end.complete(new TurnEnd.Failed("unreachable", "not waited for any longer"));
    asked = true;
  }
}
