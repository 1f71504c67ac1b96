package io.livemind.workers.langchain4j;

import io.livemind.schemas.FailureCode;
import io.livemind.workers.Timeouts;
import java.time.Duration;
import java.util.Optional;

/**
 * The limits of one call, as arithmetic on {@code nanoTime} readings: headers, first token, idle,
 * total, and the short waits for the end of a body whose finish reason or last event has come.
 *
 * <p>Threading: any thread; each method is one step.
 */
final class CallDeadlines {

  /** A limit that was passed. */
  sealed interface Expiry {
    /** The call has failed. */
    record TimedOut(FailureCode code, String reason) implements Expiry {}

    /** Everything came, only the connection stays open: the call is over all the same. */
    record Drained() implements Expiry {}
  }

  private enum Phase {
    CONNECTING,
    READING_PROMPT,
    STREAMING,
    FINISHED,
    DRAINING
  }

  /** Keeps a connection for the next call where the server ends the body in time. */
  static final Duration DRAIN = Duration.ofMillis(250);

  /**
   * What may still come after a finish reason is the usage; a stream without a last event (Gemini),
   * or one whose server forgets it, is over after this. So is the text of a refusal.
   */
  static final Duration AFTER_FINISH = Duration.ofSeconds(1);

  private final Timeouts limits;
  private final long startNanos;
  private Phase phase = Phase.CONNECTING;
  private long lastNanos;

  CallDeadlines(Timeouts limits, long startNanos) {
    this.limits = limits;
    this.startNanos = startNanos;
    this.lastNanos = startNanos;
  }

  /** The response's headers have come. */
  synchronized void headers(long nowNanos) {
    advance(Phase.READING_PROMPT, nowNanos);
  }

  /** A token has come, the first or a later one. */
  synchronized void token(long nowNanos) {
    advance(Phase.STREAMING, nowNanos);
  }

  /** The reply has a finish reason, or the response's headers say that there is none. */
  synchronized void finished(long nowNanos) {
    advance(Phase.FINISHED, nowNanos);
  }

  /** The last event has come. */
  synchronized void done(long nowNanos) {
    advance(Phase.DRAINING, nowNanos);
  }

  private void advance(Phase next, long nowNanos) {
    if (next.compareTo(phase) < 0) return;
    phase = next;
    lastNanos = nowNanos;
  }

  /** The limit that is passed at this moment; the one of the phase before the total. */
  synchronized Optional<Expiry> expired(long nowNanos) {
    if (nowNanos - phaseEndNanos() >= 0) return Optional.of(expiry());
    if (nowNanos - totalEndNanos() >= 0) {
      return Optional.of(
          new Expiry.TimedOut(
              FailureCode.TOTAL_TIMEOUT, "no end of the reply within " + limits.total()));
    }
    return Optional.empty();
  }

  /** The first moment at which a limit can be passed, as things stand. */
  synchronized long nextNanos() {
    long phaseEnd = phaseEndNanos();
    long totalEnd = totalEndNanos();
    return phaseEnd - totalEnd < 0 ? phaseEnd : totalEnd;
  }

  private long totalEndNanos() {
    return startNanos + limits.total().toNanos();
  }

  private long phaseEndNanos() {
    return switch (phase) {
      case CONNECTING -> startNanos + limits.headers().toNanos();
      case READING_PROMPT -> startNanos + limits.firstToken().toNanos();
      case STREAMING -> lastNanos + limits.idle().toNanos();
      case FINISHED -> lastNanos + AFTER_FINISH.toNanos();
      case DRAINING -> lastNanos + DRAIN.toNanos();
    };
  }

  private Expiry expiry() {
    return switch (phase) {
      case CONNECTING ->
          new Expiry.TimedOut(
              FailureCode.FIRST_TOKEN_TIMEOUT, "no response headers within " + limits.headers());
      case READING_PROMPT ->
          new Expiry.TimedOut(
              FailureCode.FIRST_TOKEN_TIMEOUT, "no token within " + limits.firstToken());
      case STREAMING ->
          new Expiry.TimedOut(FailureCode.IDLE_TIMEOUT, "no further token within " + limits.idle());
      case FINISHED, DRAINING -> new Expiry.Drained();
    };
  }
}
