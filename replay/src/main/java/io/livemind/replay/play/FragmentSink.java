package io.livemind.replay.play;

import io.livemind.schemas.avro.Fragment;

/** Where fragments go. */
public interface FragmentSink extends AutoCloseable {

  /**
   * Sends a fragment; those of a session in the order of the calls.
   *
   * @param onFailure called, from any thread, if it turns out that the fragment did not arrive
   */
  void send(String session, Fragment fragment, Runnable onFailure);

  /** Lets what is under way arrive, for a bounded time. */
  @Override
  void close();
}
