package io.livemind.workers;

import io.livemind.workers.model.ModelCall;
import io.livemind.workers.model.ModelClient;
import io.livemind.workers.model.ModelOutcome;
import io.livemind.workers.model.ModelOutcome.Cancelled;
import io.livemind.workers.model.ModelOutcome.Finished;
import io.livemind.workers.model.ModelRequest;
import io.livemind.workers.model.ModelSink;
import io.livemind.workers.model.TokenCounts;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A model whose calls the test speaks for.
 *
 * <p>Threading: the test's thread tells the sinks; calls are cancelled from any.
 */
final class ScriptedModel implements ModelClient {

  /** One call that was started. */
  static final class Started implements ModelCall {
    final ModelRequest request;
    private final ModelSink sink;
    private final StringBuilder text = new StringBuilder();
    private boolean ended;
    private volatile boolean cancelled;

    private Started(ModelRequest request, ModelSink sink) {
      this.request = request;
      this.sink = sink;
    }

    synchronized void says(String delta) {
      text.append(delta);
      sink.text(delta);
    }

    void finishes() {
      ends(new Finished(text.toString(), TokenCounts.UNKNOWN));
    }

    synchronized void ends(ModelOutcome outcome) {
      if (ended) return;
      ended = true;
      sink.end(outcome);
    }

    @Override
    public void cancel() {
      cancelled = true;
      ends(new Cancelled(TokenCounts.UNKNOWN));
    }

    boolean isCancelled() {
      return cancelled;
    }
  }

  private final List<Started> calls = new CopyOnWriteArrayList<>();

  @Override
  public ModelCall start(ModelRequest request, ModelSink sink) {
    var call = new Started(request, sink);
    calls.add(call);
    return call;
  }

  List<Started> calls() {
    return calls;
  }

  @Override
  public void close() {}
}
