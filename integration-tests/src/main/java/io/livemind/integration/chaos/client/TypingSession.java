package io.livemind.integration.chaos.client;

import java.time.Duration;

/** One person who types one turn. */
public interface TypingSession {
  /** Id of the session; empty before it is open. */
  String id();

  /** Types the turn and submits it. */
  void type() throws InterruptedException;

  /** Returns whether the turn ended in time. */
  boolean awaitEnd(Duration longest) throws InterruptedException;
}
