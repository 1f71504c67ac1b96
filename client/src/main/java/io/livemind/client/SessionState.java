package io.livemind.client;

/** Whether a session can be typed in. */
public enum SessionState {
  /** A connection is made, or what was missed is read. */
  CONNECTING,
  /** What is typed is sent. */
  OPEN,
  /** The connection was lost; the next try is waited for. What is typed is kept and sent then. */
  WAITING,
  /** Another client writes in the session now. */
  TAKEN_OVER,
  /** The gateway does not know the session, or not this user. */
  LOST,
  /** This client left it. */
  CLOSED;

  /** Whether nothing follows. */
  boolean isFinal() {
    return this == TAKEN_OVER || this == LOST || this == CLOSED;
  }
}
