package io.livemind.workers.model;

/**
 * Calls one replica of a model.
 *
 * <p>Threading: any thread may start calls; calls do not wait for each other.
 */
public interface ModelClient extends AutoCloseable {

  /**
   * Starts a call and returns at once. The sink is told from one thread of the call's own, also
   * when the call fails before it reaches the server.
   */
  ModelCall start(ModelRequest request, ModelSink sink);

  /** Lets go of connections; calls that still run are cut off. */
  @Override
  void close();
}
