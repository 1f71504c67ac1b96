package io.livemind.benchmarks.pipeline;

import io.livemind.benchmarks.pipeline.TurnClock.Place;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.workers.model.ModelCall;
import io.livemind.workers.model.ModelClient;
import io.livemind.workers.model.ModelOutcome;
import io.livemind.workers.model.ModelRequest;
import io.livemind.workers.model.ModelSink;
import io.livemind.workers.model.TokenCounts;

/** A model that has its whole reply at once, so that only the way to it and from it is measured. */
final class InstantModel implements ModelClient {
  private static final String INFERENCE = "action inference. The harbour is closed in winter.";
  private static final String ANSWER = "Until the ice breaks.";

  private final TurnClock clock;

  InstantModel(TurnClock clock) {
    this.clock = clock;
  }

  @Override
  public ModelCall start(ModelRequest request, ModelSink sink) {
    boolean answers = request.kind() == TaskKind.ANSWER;
    if (answers) clock.passed(request.session(), Place.MODEL_CALLED);
    String reply = answers ? ANSWER : INFERENCE;
    Thread.ofVirtual()
        .name("instant-model")
        .start(
            () -> {
              sink.text(reply);
              sink.end(new ModelOutcome.Finished(reply, TokenCounts.UNKNOWN));
            });
    return () -> {};
  }

  @Override
  public void close() {}
}
