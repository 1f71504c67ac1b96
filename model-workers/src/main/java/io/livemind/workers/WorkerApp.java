package io.livemind.workers;

import io.livemind.schemas.Topics;
import io.livemind.schemas.TurnTraces;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.workers.langchain4j.LangChain4jModelClient;
import io.livemind.workers.model.ModelClient;
import io.livemind.workers.replica.ModelPools;
import io.livemind.workers.replica.RetryBudget;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker process, wired by hand.
 *
 * <p>Threading: start and close come from one thread; everything else runs on threads of its own.
 */
public final class WorkerApp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerApp.class);

  /** A call that was ended tells its outcome within this. */
  private static final Duration HAND_BACK = Duration.ofSeconds(5);

  private final WorkerConfig config;
  private final WorkerMeters meters;
  private final HeldTasks held;
  private final List<TaskPoller> pollers = new ArrayList<>();

  /** What is to be closed, last opened first. */
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private WorkerApp(WorkerConfig config, MeterRegistry registry, TurnTraces traces) {
    this.config = config;
    this.meters = new WorkerMeters(registry, traces);
    this.held = new HeldTasks(config.places());
  }

  /** As below, with metrics that nobody reads. */
  public static WorkerApp start(WorkerConfig config, Topics topics) {
    return start(config, topics, new CompositeMeterRegistry());
  }

  /** As below, with metrics that nobody reads. */
  public static WorkerApp start(
      WorkerConfig config, Topics topics, Function<ReplicaConfig, ModelClient> clients) {
    return start(config, topics, new CompositeMeterRegistry(), clients);
  }

  /**
   * Starts a worker that calls its models over HTTP. Returns when it listens for control messages
   * and its pollers run; the first tasks come when they have joined their groups.
   *
   * @param registry gets its {@link WorkerMetric}s until it is closed
   * @throws WorkerStartException if the brokers cannot be reached or lack what it needs
   */
  public static WorkerApp start(WorkerConfig config, Topics topics, MeterRegistry registry) {
    return start(config, topics, registry, TurnTraces.NONE);
  }

  /** The same, with traces of turns. */
  public static WorkerApp start(
      WorkerConfig config, Topics topics, MeterRegistry registry, TurnTraces traces) {
    return begin(new WorkerApp(config, registry, traces), topics, LangChain4jModelClient::new);
  }

  /**
   * Starts a worker with model clients of the caller's.
   *
   * @param clients makes the client of a replica; the worker closes it
   */
  public static WorkerApp start(
      WorkerConfig config,
      Topics topics,
      MeterRegistry registry,
      Function<ReplicaConfig, ModelClient> clients) {
    return begin(new WorkerApp(config, registry, TurnTraces.NONE), topics, clients);
  }

  private static WorkerApp begin(
      WorkerApp app, Topics topics, Function<ReplicaConfig, ModelClient> clients) {
    try {
      app.open(topics, clients);
      return app;
    } catch (KafkaException failed) {
      app.closeAll();
      throw new WorkerStartException(
          "the worker cannot start: "
              + failed.getMessage()
              + "; check kafka.bootstrap.servers and that the topics exist",
          failed);
    } catch (RuntimeException failed) {
      app.closeAll();
      throw failed;
    }
  }

  private void open(Topics topics, Function<ReplicaConfig, ModelClient> clients) {
    var kafka = new WorkerClients(config.kafka(), config.workerId());
    ShareGroups.prepare(
        config.kafka(),
        config.kinds().stream()
            .map(kind -> ShareGroups.name(config.applicationId(), kind))
            .toList());
    Producer<byte[], byte[]> producer = kafka.producer();
    opened.push(() -> producer.close(HAND_BACK));
    int resultsPartitions = producer.partitionsFor(topics.inferenceResults().name()).size();
    int controlPartition =
        ControlListener.partition(
            config.workerId(), producer.partitionsFor(topics.workerControl().name()).size());
    var writer =
        new RecordWriter(
            producer, topics, InstantSource.system(), config.workerId(), controlPartition);
    var models = new ModelPools(config.models(), clients, System::nanoTime);
    opened.push(models);
    opened.push(meters::close);
    meters.watch(held, config.places());
    meters.watch(models);
    var ticker = DeltaTicker.start(config.deltaInterval());
    opened.push(ticker);
    var brokers = new BrokerWatch(System::nanoTime);
    var warming = new Warming(config.warms(), models, meters, System::nanoTime);
    opened.push(warming);
    var worker =
        new WorkerContext(
            config,
            writer,
            ticker,
            held,
            models,
            new RetryBudget(() -> ThreadLocalRandom.current().nextDouble()),
            meters,
            brokers,
            warming,
            new DispatchClock(InstantSource.system(), System::nanoTime),
            System::nanoTime);
    opened.push(
        ControlListener.start(
            kafka.controlConsumer(), topics.workerControl(), controlPartition, worker));
    opened.push(Heartbeats.start(held, writer, config.heartbeatInterval()));
    var stage =
        new TasksToResults(
            topics,
            worker,
            resultsPartitions,
            new KnownPartitions(
                () -> producer.partitionsFor(topics.answers().name()).size(), System::nanoTime));
    for (TaskKind kind : config.kinds()) startPollers(kind, topics, kafka, stage, worker);
    LOG.info(
        "event=worker_started worker={} places={} control_partition={}",
        config.workerId(),
        config.places(),
        controlPartition);
  }

  private void startPollers(
      TaskKind kind,
      Topics topics,
      WorkerClients kafka,
      TasksToResults stage,
      WorkerContext worker) {
    String group = ShareGroups.name(config.applicationId(), kind);
    var places = new FreePlaces(config.places());
    for (PollerPlan plan : PollerPlan.of(config.places())) {
      String name = group + "-" + pollers.size();
      var poller =
          new TaskPoller(
              kind,
              ShareGroups.topic(topics, kind).name(),
              plan,
              places,
              () -> kafka.taskConsumer(group, name, plan.batch()),
              stage,
              worker);
      pollers.add(poller);
      poller.start();
    }
  }

  /**
   * Whether tasks are taken: every poller polls that does not only take the last places, and the
   * brokers answer. Not so from the start on, but when each has polled once, a second later at
   * most. May be asked from any thread.
   */
  public BooleanSupplier readiness() {
    List<TaskPoller> all = List.copyOf(pollers);
    return () -> all.stream().allMatch(TaskPoller::polls);
  }

  /** Tasks that are held now. */
  public int held() {
    return held.size();
  }

  /**
   * Stops: takes no more, lets running calls go on for the configured time, hands the rest back as
   * cancelled, closes everything. Bounded by that time and about half a minute.
   */
  @Override
  public void close() {
    try {
      held.close();
      pollers.forEach(TaskPoller::stop);
      for (TaskPoller poller : pollers) poller.join();
      if (!held.awaitEmpty(config.stopTimeout())) {
        held.endAll(EndReason.STOPPING);
        if (!held.awaitEmpty(HAND_BACK)) {
          LOG.warn("event=tasks_left_behind count={}", held.size());
        }
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    } finally {
      closeAll();
    }
    LOG.info("event=worker_stopped worker={}", config.workerId());
  }

  private void closeAll() {
    pollers.forEach(TaskPoller::stop);
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception failed) {
        LOG.warn("event=close_failed", failed);
      }
    }
  }
}
