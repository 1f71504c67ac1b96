package io.livemind.workers;

import java.util.Locale;

/** Why an execution is ended from our side. */
enum EndReason {
  CONTROL("cancelled by the session"),
  PREEMPTED("its place was needed for an answer"),
  CLAIM_LOST("its claim was not confirmed"),
  NOT_GRANTED("its grant did not come in time"),
  STOPPING("the worker stops");

  private final String reason;

  EndReason(String reason) {
    this.reason = reason;
  }

  /** For operators, in the outcome. */
  String reason() {
    return reason;
  }

  /** As a tag's value. */
  String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
