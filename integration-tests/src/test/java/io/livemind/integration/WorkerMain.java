package io.livemind.integration;

import io.livemind.schemas.Topics;
import io.livemind.workers.ModelConfig;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.WorkerApp;
import io.livemind.workers.WorkerConfig;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A worker in a process of its own: starts when a line comes on standard input, so that its JVM can
 * be warm before it takes tasks; says {@code ready} when it takes them; runs until it is killed.
 */
final class WorkerMain {
  private static final int PLACES = 8;

  private WorkerMain() {}

  /** Arguments: worker id, brokers, base URL of the models, model name. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (System.in.read() < 0) return;
    Map<String, Object> kafka = Map.of("bootstrap.servers", arguments[1]);
    WorkerConfig config = config(arguments[0], kafka, URI.create(arguments[2]), arguments[3]);
    try (var worker = WorkerApp.start(config, new Topics(Topics.DEFAULT_PREFIX))) {
      System.out.println("ready");
      Thread.sleep(Duration.ofHours(1));
    }
  }

  static WorkerConfig config(String id, Map<String, Object> kafka, URI baseUrl, String model) {
    var replica =
        ReplicaConfig.openAi(baseUrl, model, Optional.empty(), PLACES).withSessionHeaders();
    var models = new ModelConfig(List.of(replica));
    return WorkerConfig.defaults(
        id, kafka, TestPipeline.APPLICATION, Map.of("large", models, "small", models), PLACES);
  }
}
