package io.livemind.cli.chat;

import io.livemind.client.LiveSession;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The end of a conversation that nobody comes back to. */
final class Farewell {
  private static final Duration LONGEST = Duration.ofSeconds(3);

  private Farewell() {}

  /** Deletes the session, and waits a little for the gateway's word. */
  static void say(LiveSession session) throws InterruptedException {
    try {
      session.delete().get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException unheard) {
      // A session that nobody writes in expires by itself.
    }
  }
}
