package io.livemind.client;

/** How a turn ended. */
public sealed interface TurnEnd {

  /** With a whole answer. */
  record Answered(String text) implements TurnEnd {}

  /**
   * Without one.
   *
   * @param code of the pipeline's failures
   * @param message tells what to do
   */
  record Failed(String code, String message) implements TurnEnd {}

  /** Because the client wanted it; this text stays in the history. */
  record Stopped(String text) implements TurnEnd {}
}
