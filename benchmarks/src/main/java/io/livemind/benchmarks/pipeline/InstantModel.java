package io.livemind.benchmarks.pipeline;

import io.livemind.benchmarks.pipeline.TurnClock.Place;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.workers.model.ModelCall;
import io.livemind.workers.model.ModelClient;
import io.livemind.workers.model.ModelOutcome;
import io.livemind.workers.model.ModelRequest;
import io.livemind.workers.model.ModelSink;
import io.livemind.workers.model.TokenCounts;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * A model that has its whole reply at once, or after a fixed time, so that only the way to it and
 * from it is measured.
 */
final class InstantModel implements ModelClient {
  private static final String INFERENCE = "action inference. The harbour is closed in winter.";
  private static final String ANSWER = "Until the ice breaks.";

  private final TurnClock clock;

  private final Duration delay;

  private final LongAdder calls;

  InstantModel(TurnClock clock, Duration delay, LongAdder calls) {
    this.calls = calls;
    this.clock = clock;
    this.delay = delay;
  }

  @Override
  public ModelCall start(ModelRequest request, ModelSink sink) {
    calls.increment();
    boolean answers = request.kind() == TaskKind.ANSWER;
    if (answers) clock.passed(request.session(), Place.MODEL_CALLED);
    String reply = answers ? ANSWER : INFERENCE;
    Thread call =
        Thread.ofVirtual()
            .name("instant-model")
            .start(
                () -> {
                  if (!sleep()) {
                    sink.end(new ModelOutcome.Cancelled(TokenCounts.UNKNOWN));
                    return;
                  }
                  sink.text(reply);
                  sink.end(new ModelOutcome.Finished(reply, TokenCounts.UNKNOWN));
                });
    return call::interrupt;
  }

  private boolean sleep() {
    if (delay.isZero()) return true;
    try {
      Thread.sleep(delay);
      return true;
    } catch (InterruptedException cancelled) {
      return false;
    }
  }

  @Override
  public void close() {}
}
