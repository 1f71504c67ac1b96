package io.livemind.cli.experiment;

import io.livemind.cli.embedded.EmbeddedRuntime;
import io.livemind.cli.embedded.RuntimeConfig;
import io.livemind.schemas.Topics;
import java.util.Map;

/**
 * What is typed into.
 *
 * @param kafka connection settings of clients
 * @param topics of the pipeline
 * @param embedded whether it runs in this process, and nobody else uses it
 * @param end what {@link #close} ends
 */
record Pipeline(Map<String, Object> kafka, Topics topics, boolean embedded, Runnable end)
    implements AutoCloseable {

  /** One of its own, in this process. */
  static Pipeline embedded(RuntimeConfig config) throws InterruptedException {
    EmbeddedRuntime runtime = EmbeddedRuntime.start(config);
    return new Pipeline(runtime.kafka(), runtime.topics(), true, runtime::close);
  }

  /** One that runs already, and goes on when the replay is over. */
  static Pipeline running(Deployment deployment) {
    return new Pipeline(deployment.kafka(), deployment.topics(), false, () -> {});
  }

  @Override
  public void close() {
    end.run();
  }
}
