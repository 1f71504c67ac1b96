package io.livemind.gateway.fragments;

import io.livemind.schemas.avro.Fragment;
import java.util.concurrent.CompletableFuture;

/**
 * Where fragments go.
 *
 * <p>Threading: any thread; those of a session from one at a time.
 */
public interface FragmentSink extends AutoCloseable {

  /**
   * Sends a fragment; those of a session in the order of the calls.
   *
   * @return done when it cannot get lost any more; failed when it may not have arrived
   */
  CompletableFuture<Void> send(String session, Fragment fragment);

  /** Lets what is under way arrive, for a bounded time. */
  @Override
  void close();
}
