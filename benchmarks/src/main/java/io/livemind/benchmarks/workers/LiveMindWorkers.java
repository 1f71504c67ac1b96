package io.livemind.benchmarks.workers;

import io.livemind.cli.embedded.TopicLayout;
import io.livemind.schemas.Topics;
import io.livemind.workers.ModelConfig;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.ReplicaLimits;
import io.livemind.workers.WorkerApp;
import io.livemind.workers.WorkerConfig;
import io.livemind.workers.model.ModelClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Workers as they are shipped: claim confirmed by the broker, started, deltas, outcome.
 *
 * @param workers in this JVM, each with all the places
 */
record LiveMindWorkers(int workers) implements Design {
  private static final ReplicaConfig NOWHERE =
      ReplicaConfig.openAi(URI.create("http://127.0.0.1:1/v1"), "in-process", Optional.empty(), 1);

  @Override
  public String title() {
    return workers == 1 ? "LiveMind worker" : workers + " LiveMind workers";
  }

  @Override
  public int taskPartitions() {
    return TopicLayout.TASKS;
  }

  @Override
  public AutoCloseable start(
      Map<String, Object> kafka, Topics topics, int places, TimedCalls model) {
    return start(kafka, topics, places, NOWHERE, Optional.of(_ -> model));
  }

  /** Workers that call this replica over HTTP. */
  AutoCloseable start(Map<String, Object> kafka, Topics topics, int places, ReplicaConfig replica) {
    return start(kafka, topics, places, replica, Optional.empty());
  }

  private AutoCloseable start(
      Map<String, Object> kafka,
      Topics topics,
      int places,
      ReplicaConfig replica,
      Optional<Function<ReplicaConfig, ModelClient>> clients) {
    var limited = replica.withLimits(ReplicaLimits.places(places));
    Map<String, ModelConfig> models = Map.of(TaskFeed.MODEL, new ModelConfig(List.of(limited)));
    List<WorkerApp> apps = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      var config =
          WorkerConfig.defaults("worker-" + i, kafka, topics.answers().name(), models, places)
              .withStopTimeout(Duration.ZERO);
      var registry = new SimpleMeterRegistry();
      apps.add(
          clients.isPresent()
              ? WorkerApp.start(config, topics, registry, clients.get())
              : WorkerApp.start(config, topics, registry));
    }
    return () -> apps.forEach(WorkerApp::close);
  }
}
