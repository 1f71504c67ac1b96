package io.livemind.client;

/** Sees what happens to a session, on the session's own thread, one call at a time, in order. */
public interface SessionListener {

  /** Sees nothing. */
  SessionListener NONE = event -> {};

  /** Something was said by the gateway. Must not block for long: nothing is read meanwhile. */
  void event(SessionEvent event);

  /** The session is now in another state. */
  default void state(SessionState state) {}
}
