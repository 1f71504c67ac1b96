package io.livemind.replay.play;

/** Why a session failed where it was the player that gave up, and not the pipeline. */
public enum PlayFailure {
  /** No end of the turn came before the player's own deadline. */
  UNANSWERED("unanswered"),
  /** A fragment did not reach the log. */
  SEND_FAILED("send_failed"),
  /** The turn ended before it was submitted. */
  ENDED_EARLY("ended_early"),
  /** The replay was stopped. */
  STOPPED("stopped");

  private final String code;

  PlayFailure(String code) {
    this.code = code;
  }

  /** As it stands in reports. */
  public String code() {
    return code;
  }
}
