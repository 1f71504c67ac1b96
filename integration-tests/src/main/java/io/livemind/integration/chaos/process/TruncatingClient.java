package io.livemind.integration.chaos.process;

import io.livemind.workers.model.ModelCall;
import io.livemind.workers.model.ModelClient;
import io.livemind.workers.model.ModelOutcome;
import io.livemind.workers.model.ModelRequest;
import io.livemind.workers.model.ModelSink;

/** A planted bug: a reply that broke off counts as a whole one. */
final class TruncatingClient implements ModelClient {
  private final ModelClient client;

  TruncatingClient(ModelClient client) {
    this.client = client;
  }

  @Override
  public ModelCall start(ModelRequest request, ModelSink sink) {
    var text = new StringBuilder();
    return client.start(
        request,
        new ModelSink() {
          @Override
          public void text(String delta) {
            text.append(delta);
            sink.text(delta);
          }

          @Override
          public void end(ModelOutcome outcome) {
            boolean brokenOff = outcome instanceof ModelOutcome.Failed && !text.isEmpty();
            sink.end(
                brokenOff ? new ModelOutcome.Finished(text.toString(), outcome.tokens()) : outcome);
          }
        });
  }

  @Override
  public void close() {
    client.close();
  }
}
