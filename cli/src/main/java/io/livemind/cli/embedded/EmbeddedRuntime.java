package io.livemind.cli.embedded;

import io.livemind.schemas.Topics;
import io.livemind.topology.StoreConfig;
import io.livemind.topology.TopologyApp;
import io.livemind.topology.TopologyConfig;
import io.livemind.workers.WorkerApp;
import io.livemind.workers.WorkerConfig;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole pipeline in this process: broker, topics, topology and a worker. The models are the
 * caller's, who closes them before: calls that still run end with them.
 *
 * <p>Threading: one thread starts and closes it.
 */
public final class EmbeddedRuntime implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRuntime.class);
  private static final String APPLICATION = "livemind";

  /** Nobody is left who could go on with a call. */
  private static final Duration STOP_TIMEOUT = Duration.ofMillis(500);

  private final Topics topics = new Topics(Topics.DEFAULT_PREFIX);

  /** What is to be closed, last opened first. */
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private Map<String, Object> kafka = Map.of();

  private EmbeddedRuntime() {}

  /**
   * Starts everything and returns when sessions can be typed.
   *
   * @throws BrokerStartException if the broker does not start
   * @throws InterruptedException if the thread is interrupted; nothing is left behind then
   */
  public static EmbeddedRuntime start(RuntimeConfig config) throws InterruptedException {
    return start(config, _ -> {});
  }

  /**
   * The same, for whoever has more to start.
   *
   * @param beside called when broker and topics are there, before the rest starts; must not wait
   */
  public static EmbeddedRuntime start(RuntimeConfig config, Consumer<EmbeddedRuntime> beside)
      throws InterruptedException {
    var runtime = new EmbeddedRuntime();
    try {
      runtime.open(config, beside);
      return runtime;
    } catch (RuntimeException | InterruptedException e) {
      runtime.close();
      throw e;
    }
  }

  /** Connection settings for clients of the broker. */
  public Map<String, Object> kafka() {
    return kafka;
  }

  /** The topics, which exist. */
  public Topics topics() {
    return topics;
  }

  /** Worker first, broker last; each part takes up to some seconds if it is busy. */
  @Override
  public void close() {
    while (!opened.isEmpty()) {
      AutoCloseable part = opened.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("part_not_closed part={}", part.getClass().getSimpleName(), e);
      }
    }
  }

  private void open(RuntimeConfig config, Consumer<EmbeddedRuntime> beside)
      throws InterruptedException {
    EmbeddedBroker broker = EmbeddedBroker.start(Map.of(), config.ownersTime());
    opened.push(broker);
    kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Admin admin = Admin.create(kafka)) {
      GroupTopics.create(admin);
      new TopicSetup(admin, config.layout()).ensure(topics);
    }
    beside.accept(this);
    ScratchDirectory state = ScratchDirectory.create();
    ClosedAtExit stateGoes = ClosedAtExit.of("embedded-state", config.ownersTime(), state::close);
    opened.push(stateGoes);
    // Each waits mostly for the broker, so they start side by side.
    var worker = new FutureTask<>(() -> WorkerApp.start(worker(config), topics));
    Thread.ofPlatform().name("worker-start").start(worker);
    try {
      opened.push(TopologyApp.start(topology(config, state), topics));
    } finally {
      opened.push(await(worker));
    }
  }

  private TopologyConfig topology(RuntimeConfig config, ScratchDirectory state) {
    return TopologyConfig.defaults(APPLICATION, kafka, state.path())
        .embedded(StoreConfig.Kind.MEMORY)
        .rendering(config.renderedMessages());
  }

  private WorkerConfig worker(RuntimeConfig config) {
    return WorkerConfig.defaults("embedded", kafka, APPLICATION, config.models(), config.places())
        .withStopTimeout(STOP_TIMEOUT);
  }

  private static WorkerApp await(FutureTask<WorkerApp> worker) throws InterruptedException {
    try {
      return worker.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) throw cause;
      throw new IllegalStateException("the worker did not start", e.getCause());
    }
  }
}
