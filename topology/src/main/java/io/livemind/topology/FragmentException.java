package io.livemind.topology;

import io.livemind.schemas.FailureCode;

/** A fragment that cannot be processed: it goes to the dead letters under this code. */
final class FragmentException extends RuntimeException {
  private final FailureCode code;

  /**
   * Without a stack trace: whoever sends such fragments must not make us pay for it.
   *
   * @param reason never holds content
   */
  FragmentException(FailureCode code, String reason) {
    super(reason, null, false, false);
    this.code = code;
  }

  FailureCode code() {
    return code;
  }
}
