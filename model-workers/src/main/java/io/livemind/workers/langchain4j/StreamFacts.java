package io.livemind.workers.langchain4j;

import io.livemind.schemas.FailureCode;
import io.livemind.workers.model.ModelOutcome;
import io.livemind.workers.model.ModelOutcome.Failed;
import io.livemind.workers.model.ModelOutcome.Finished;
import io.livemind.workers.model.TokenCounts;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What the raw events of one stream said: how the reply ended, what failed, what it cost. The first
 * failure is the one that counts; without a known good finish there is no success.
 *
 * <p>Threading: the call's thread.
 */
final class StreamFacts {

  /** What a provider's finish reason means. */
  enum Finish {
    /** The model ended its reply by itself. */
    GOOD,
    /** The reply reached a limit of its length. */
    LENGTH,
    /** The model or a filter refused. */
    REFUSED,
    /** Anything else: the server stopped for reasons of its own. */
    OTHER
  }

  private @Nullable Finish finish;
  private @Nullable Failed failure;
  private OptionalInt prompt = OptionalInt.empty();
  private OptionalInt completion = OptionalInt.empty();
  private OptionalInt cached = OptionalInt.empty();
  private boolean tokenSeen;
  private boolean finishSeen;
  private boolean done;

  /** The event holds a token, shown or not. */
  void token() {
    tokenSeen = true;
  }

  /** Whether there was a token since the last call of this method. */
  boolean takeToken() {
    boolean seen = tokenSeen;
    tokenSeen = false;
    return seen;
  }

  /** The reply has a finish reason; a refusal that came before it stays. */
  void finish(Finish reason) {
    if (finish != Finish.REFUSED) finish = reason;
    finishSeen = true;
  }

  /** Whether there was a finish reason since the last call of this method. */
  boolean takeFinish() {
    boolean seen = finishSeen;
    finishSeen = false;
    return seen;
  }

  /** The stream's last event has come. */
  void done() {
    done = true;
  }

  /** Whether the last event has come. */
  boolean isDone() {
    return done;
  }

  /** The call has failed; a failure before this one stays. */
  void fail(Failed first) {
    if (failure == null) failure = first;
  }

  /** Whether the call has failed, so that nothing more needs to be read. */
  boolean hasFailed() {
    return failure != null;
  }

  /** Prompt and completion tokens; what is empty leaves the figure as it was. */
  void tokens(OptionalInt promptTokens, OptionalInt completionTokens, OptionalInt cachedTokens) {
    if (promptTokens.isPresent()) prompt = promptTokens;
    if (completionTokens.isPresent()) completion = completionTokens;
    if (cachedTokens.isPresent()) cached = cachedTokens;
  }

  /** What it cost, as far as is known. */
  TokenCounts tokens() {
    return new TokenCounts(prompt, completion, cached);
  }

  /**
   * The end of a stream that was read to its end.
   *
   * @param text the whole reply
   */
  ModelOutcome verdict(String text) {
    if (failure != null) {
      return new Failed(failure.code(), failure.reason(), failure.retryAfter(), tokens());
    }
    if (finish == null) return failed(FailureCode.TRUNCATED, "the stream has no finish reason");
    return switch (finish) {
      case GOOD -> new Finished(text, tokens());
      case LENGTH -> failed(FailureCode.LENGTH_LIMIT, "finished by length");
      case REFUSED -> failed(FailureCode.REFUSED, "finished by refusal or filter");
      case OTHER -> failed(FailureCode.TRUNCATED, "finished for an unknown reason");
    };
  }

  private Failed failed(FailureCode code, String reason) {
    return new Failed(code, reason, Optional.empty(), tokens());
  }
}
