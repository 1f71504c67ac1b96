package io.livemind.workers;

import io.livemind.schemas.FailureCode;
import io.livemind.workers.model.ModelCall;
import io.livemind.workers.model.ModelOutcome;
import io.livemind.workers.model.ModelOutcome.Cancelled;
import io.livemind.workers.model.ModelOutcome.Failed;
import io.livemind.workers.model.ModelSink;
import io.livemind.workers.model.TokenCounts;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one model call says: the text so far, when it began, and the end.
 *
 * <p>Threading: the call's thread tells it; the others are read after {@link #ended} is complete.
 */
final class Reply implements ModelSink {
  private static final Logger LOG = LoggerFactory.getLogger(Reply.class);

  /** How long a cancelled call may take to tell its end; then it is left to itself. */
  private static final Duration CANCEL_WAIT = Duration.ofSeconds(5);

  /** UTF-16 units; at three bytes each it fits a record. A model that never stops is ended here. */
  static final int MAXIMUM_LENGTH = 200_000;

  private final LongSupplier clock;
  private final long startNanos;
  private final Consumer<String> onText;
  private final StringBuilder text = new StringBuilder();
  private final CompletableFuture<ModelOutcome> ended = new CompletableFuture<>();
  private long firstTextNanos;
  private volatile long endNanos;

  /**
   * A reply that has not begun.
   *
   * @param onText hears each piece after it was added
   */
  Reply(LongSupplier clock, Consumer<String> onText) {
    this.clock = clock;
    this.startNanos = clock.getAsLong();
    this.onText = onText;
  }

  @Override
  public void text(String delta) {
    if (ended.isDone()) return;
    if (text.isEmpty()) firstTextNanos = clock.getAsLong();
    text.append(delta);
    onText.accept(delta);
    if (text.length() > MAXIMUM_LENGTH) {
      endNanos = clock.getAsLong();
      ended.complete(
          Failed.of(FailureCode.LENGTH_LIMIT, "a reply of more than " + MAXIMUM_LENGTH + " units"));
    }
  }

  @Override
  public void end(ModelOutcome outcome) {
    endNanos = clock.getAsLong();
    ended.complete(outcome);
  }

  /** Completes with the first end, on the call's thread. */
  CompletableFuture<ModelOutcome> ended() {
    return ended;
  }

  /**
   * Waits for the end of the call, which bounds the wait: every call of a client ends within its
   * total limit. An interrupt cancels it.
   */
  ModelOutcome outcome(ModelCall call) {
    try {
      ModelOutcome outcome = ended.get();
      call.cancel(); // Of effect only where the reply was ended here, for its length.
      return outcome;
    } catch (InterruptedException cancelled) {
      call.cancel();
      return afterCancel();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private ModelOutcome afterCancel() {
    try {
      return ended.get(CANCEL_WAIT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | InterruptedException stuck) {
      LOG.error("event=cancelled_call_stuck");
      return new Cancelled(TokenCounts.UNKNOWN);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  String text() {
    return text.toString();
  }

  /** From the start of the call to its first text; empty when there was none. */
  OptionalLong firstTextMillis() {
    if (text.isEmpty()) return OptionalLong.empty();
    return OptionalLong.of((firstTextNanos - startNanos) / 1_000_000);
  }

  /** From its first text to its end; 0 when there was none, or the end has not come. */
  long writingMillis() {
    if (text.isEmpty() || endNanos == 0) return 0;
    return (endNanos - firstTextNanos) / 1_000_000;
  }
}
