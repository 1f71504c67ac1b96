package io.livemind.gateway.answers;

import io.livemind.gateway.handle.Handle;
import java.util.concurrent.CompletableFuture;

/** Whoever knows a session as it stands, for clients whose history is gone from the log. */
@FunctionalInterface
public interface SnapshotSource {

  /**
   * Asks that a snapshot be written to the session's partition of {@code answers}.
   *
   * @param request stands in the snapshot
   * @return done when the request cannot get lost
   */
  CompletableFuture<Void> ask(Handle handle, String request);
}
