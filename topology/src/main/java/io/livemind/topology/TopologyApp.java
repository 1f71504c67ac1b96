package io.livemind.topology;

import io.livemind.schemas.Topics;
import io.livemind.schemas.TurnTraces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
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

  private TopologyApp(KafkaStreams streams, Admin admin) {
    this.streams = streams;
    this.admin = admin;
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
      Topology topology =
          PipelineTopology.build(
              config, topics, watch, progress, partitions(admin, topics.answers().name()), meters);
      Properties settings = StreamsSettings.of(config, topics.prefix(), meters);
      try {
        return run(new TopologyApp(new KafkaStreams(topology, settings), admin));
      } catch (ProcessorStateException unreadable) {
        // A store that cannot be opened today cannot be tomorrow; the changelog has all of it.
        LOG.warn("event=state_unreadable action=restore_from_changelog", unreadable);
        var streams = new KafkaStreams(topology, settings);
        streams.cleanUp();
        return run(new TopologyApp(streams, admin));
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
    app.streams.setUncaughtExceptionHandler(
        failure -> {
          LOG.error("event=stream_thread_failed action=replace", failure);
          return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
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

  private static int partitions(Admin admin, String topic) {
    try {
      var described =
          admin.describeTopics(List.of(topic)).topicNameValues().values().iterator().next();
      return described.get(30, TimeUnit.SECONDS).partitions().size();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "cannot look up topic " + topic + ": create the topics first", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topics were looked up", e);
    }
  }

  /** Whether every thread of the instance does its work. */
  public boolean isRunning() {
    return streams.state() == State.RUNNING;
  }

  /** Stops within ten seconds; what is in flight is gone on with by another instance. */
  @Override
  public void close() {
    streams.close(LONGEST_CLOSE);
    admin.close(Duration.ofSeconds(1));
  }
}
