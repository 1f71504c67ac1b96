package io.livemind.topology;

import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.schemas.TurnTraces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One topology instance, wired by hand.
 *
 * <p>Threading: start and close from any thread; the instance runs on Streams' own.
 */
public final class TopologyApp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopologyApp.class);
  private static final Duration LONGEST_START = Duration.ofSeconds(60);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

  private final KafkaStreams streams;
  private final Admin admin;
  private final Path stateDirectory;
  private final StoreFailures storeFailures = new StoreFailures(System::nanoTime);
  private final CompletableFuture<String> gaveUp = new CompletableFuture<>();

  private TopologyApp(KafkaStreams streams, Admin admin, Path stateDirectory) {
    this.streams = streams;
    this.admin = admin;
    this.stateDirectory = stateDirectory;
  }

  /** Starts an instance that nobody measures. */
  public static TopologyApp start(TopologyConfig config, Topics topics) {
    return start(config, topics, new CompositeMeterRegistry());
  }

  /**
   * Starts an instance and returns when it runs. The topics must be there. State that cannot be
   * read is removed, and comes back from the changelog.
   *
   * @throws IllegalStateException if it does not run within a minute; the message tells what to
   *     look at
   */
  public static TopologyApp start(TopologyConfig config, Topics topics, MeterRegistry registry) {
    return start(config, topics, registry, TurnTraces.NONE);
  }

  /** The same, with traces of turns. */
  public static TopologyApp start(
      TopologyConfig config, Topics topics, MeterRegistry registry, TurnTraces traces) {
    Admin admin = Admin.create(Map.copyOf(config.kafka()));
    try {
      var ends = new BrokerEnds(admin, config.applicationId(), topics);
      var progress = new PartitionProgress(ends, Executors.newVirtualThreadPerTaskExecutor());
      ProcessWatch watch = config.embedded() ? ProcessWatch.off() : ProcessWatch.halting();
      var meters = new TopologyMeters(registry, traces);
      int answers = partitions(admin, topics.answers()).size();
      Topology topology = PipelineTopology.build(config, topics, watch, progress, answers, meters);
      int copies = partitions(admin, topics.fragments()).getFirst().replicas().size();
      Properties settings = StreamsSettings.of(config, topics.prefix(), copies, meters);
      try {
        return run(
            new TopologyApp(
                new KafkaStreams(topology, settings, new StreamsClients(watch)),
                admin,
                config.store().directory()));
      } catch (ProcessorStateException unreadable) {
        // A store that cannot be opened today cannot be tomorrow; the changelog has all of it.
        LOG.warn("event=state_unreadable action=restore_from_changelog", unreadable);
        var streams = new KafkaStreams(topology, settings, new StreamsClients(watch));
        streams.cleanUp();
        return run(new TopologyApp(streams, admin, config.store().directory()));
      }
    } catch (RuntimeException e) {
      admin.close();
      throw e;
    }
  }

  private static TopologyApp run(TopologyApp app) {
    var running = new CountDownLatch(1);
    app.streams.setStateListener(
        (now, _) -> {
          if (now == State.RUNNING) running.countDown();
        });
    app.streams.setUncaughtExceptionHandler(app::afterFailure);
    try {
      app.streams.start();
    } catch (ProcessorStateException unreadable) {
      app.streams.close(LONGEST_CLOSE);
      throw unreadable;
    }
    try {
      if (running.await(LONGEST_START.toSeconds(), TimeUnit.SECONDS)) return app;
      app.close();
      throw new IllegalStateException(
          "the topology did not run within "
              + LONGEST_START.toSeconds()
              + " s: see whether the brokers can be reached and all topics exist");
    } catch (InterruptedException e) {
      app.close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the topology started", e);
    }
  }

  private StreamThreadExceptionResponse afterFailure(Throwable failure) {
    Optional<String> again = storeFailures.again(failure);
    if (again.isEmpty()) {
      LOG.error("event=stream_thread_failed action=replace", failure);
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    LOG.error("event=store_failed action=give_up", failure);
    gaveUp.complete(
        "the store in %s fails again and again (%s): look at its disk; other instances go on"
            .formatted(stateDirectory, again.get()));
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private static List<TopicPartitionInfo> partitions(Admin admin, Topic<?, ?> topic) {
    try {
      var described =
          admin.describeTopics(List.of(topic.name())).topicNameValues().values().iterator().next();
      return described.get(30, TimeUnit.SECONDS).partitions();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "cannot look up topic " + topic.name() + ": create the topics first", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topics were looked up", e);
    }
  }

  /** Whether every thread of the instance does its work. */
  public boolean isRunning() {
    return streams.state() == State.RUNNING;
  }

  /**
   * The reason, in a sentence, once the instance has given up: it holds no partition any more, so
   * that others go on, and its process should end.
   */
  public CompletionStage<String> gaveUp() {
    return gaveUp;
  }

  /** Stops within ten seconds; what is in flight is gone on with by another instance. */
  @Override
  public void close() {
    streams.close(LONGEST_CLOSE);
    admin.close(Duration.ofSeconds(1));
  }
}
