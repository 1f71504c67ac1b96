package io.livemind.workers.model;

import io.livemind.schemas.FailureCode;
import java.time.Duration;
import java.util.Optional;

/** How a model call ended. */
public sealed interface ModelOutcome {

  /**
   * Tokens as far as the server told them; a call that was cut off has none.
   *
   * @return never null
   */
  TokenCounts tokens();

  /**
   * The model ended its reply by itself, and nothing in the stream said otherwise.
   *
   * @param text the whole reply: what the sink was told, joined
   * @param tokens what it cost
   */
  record Finished(String text, TokenCounts tokens) implements ModelOutcome {}

  /**
   * The call failed; what the sink was told before is only a part.
   *
   * @param code what happened
   * @param reason for operators: never text of a user, a model or a server's free message
   * @param retryAfter when the server wants to be asked again, if it said so
   * @param tokens what it cost all the same
   */
  record Failed(FailureCode code, String reason, Optional<Duration> retryAfter, TokenCounts tokens)
      implements ModelOutcome {

    /** A failure that says nothing of retries and costs. */
    public static Failed of(FailureCode code, String reason) {
      return new Failed(code, reason, Optional.empty(), TokenCounts.UNKNOWN);
    }
  }

  /** The call was cancelled from our side. */
  record Cancelled(TokenCounts tokens) implements ModelOutcome {}
}
