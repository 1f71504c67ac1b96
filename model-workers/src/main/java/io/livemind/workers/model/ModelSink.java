package io.livemind.workers.model;

/**
 * Hears what becomes of one call, on one thread: any number of texts, then one end.
 *
 * <p>An implementation returns soon: a sink that blocks slows the model's server down, because its
 * stream is not read meanwhile. It throws nothing.
 */
public interface ModelSink {

  /**
   * The next piece of the reply.
   *
   * @param delta exactly as the model sent it, never empty
   */
  void text(String delta);

  /** The call has ended; nothing follows. */
  void end(ModelOutcome outcome);
}
