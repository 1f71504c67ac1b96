package io.livemind.integration;

import io.livemind.workers.model.ModelOutcome;
import io.livemind.workers.model.ModelSink;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** What a model's client told of one call. */
final class HeardCall implements ModelSink {
  private final List<String> texts = new CopyOnWriteArrayList<>();
  private final List<ModelOutcome> ends = new CopyOnWriteArrayList<>();
  private final CompletableFuture<ModelOutcome> end = new CompletableFuture<>();

  @Override
  public void text(String delta) {
    texts.add(delta);
  }

  @Override
  public void end(ModelOutcome outcome) {
    ends.add(outcome);
    end.complete(outcome);
  }

  /** All pieces so far, joined. */
  String text() {
    return String.join("", texts);
  }

  /** All ends: one is right. */
  List<ModelOutcome> ends() {
    return ends;
  }

  /** The first end; waits for it. */
  ModelOutcome end() throws Exception {
    return end.get(60, TimeUnit.SECONDS);
  }
}
