package io.livemind.workers.langchain4j;

import io.livemind.workers.model.ModelOutcome;
import io.livemind.workers.model.ModelSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A sink that keeps what it hears. */
final class Heard implements ModelSink {
  private final List<String> texts = new CopyOnWriteArrayList<>();
  private final List<ModelOutcome> ends = new CopyOnWriteArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  @Override
  public void text(String delta) {
    texts.add(delta);
  }

  @Override
  public void end(ModelOutcome outcome) {
    ends.add(outcome);
    ended.countDown();
  }

  List<String> texts() {
    return texts;
  }

  List<ModelOutcome> ends() {
    return ends;
  }

  /** The one end; waits for it. */
  ModelOutcome end() throws InterruptedException {
    if (!ended.await(60, TimeUnit.SECONDS)) throw new AssertionError("the call did not end");
    return ends.getFirst();
  }
}
