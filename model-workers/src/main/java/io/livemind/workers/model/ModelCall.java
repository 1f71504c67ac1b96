package io.livemind.workers.model;

/**
 * A call that runs.
 *
 * <p>Threading: any thread.
 */
public interface ModelCall {

  /**
   * Ends the call as {@link ModelOutcome.Cancelled}, before its first token too, and closes the
   * connection. Returns at once; the sink hears the end. Has no effect on a call that has ended.
   */
  void cancel();
}
