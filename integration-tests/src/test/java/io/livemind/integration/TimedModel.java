package io.livemind.integration;

import io.livemind.workers.model.ModelCall;
import io.livemind.workers.model.ModelClient;
import io.livemind.workers.model.ModelOutcome;
import io.livemind.workers.model.ModelOutcome.Cancelled;
import io.livemind.workers.model.ModelOutcome.Finished;
import io.livemind.workers.model.ModelRequest;
import io.livemind.workers.model.ModelSink;
import io.livemind.workers.model.TokenCounts;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A model in this JVM that says one word after a fixed time.
 *
 * <p>Threading: any thread; a call ends on the timer's thread or on the one that cancels it.
 */
record TimedModel(Duration time) implements ModelClient {
  /** Longer than any test. */
  static final TimedModel ENDLESS = new TimedModel(Duration.ofHours(1));

  @Override
  public ModelCall start(ModelRequest request, ModelSink sink) {
    var end = new CompletableFuture<ModelOutcome>();
    var unused =
        end.thenAccept(
            outcome -> {
              if (outcome instanceof Finished) sink.text("done");
              sink.end(outcome);
            });
    end.completeOnTimeout(
        new Finished("done", TokenCounts.UNKNOWN), time.toMillis(), TimeUnit.MILLISECONDS);
    return () -> end.complete(new Cancelled(TokenCounts.UNKNOWN));
  }

  @Override
  public void close() {}
}
