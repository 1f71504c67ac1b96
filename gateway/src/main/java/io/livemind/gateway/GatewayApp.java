package io.livemind.gateway;

import io.livemind.gateway.answers.AnswerHistory;
import io.livemind.gateway.answers.AnswerHub;
import io.livemind.gateway.answers.AnswerSource;
import io.livemind.gateway.answers.AnswersReader;
import io.livemind.gateway.answers.CatchUp;
import io.livemind.gateway.answers.EventFeed;
import io.livemind.gateway.answers.KafkaAnswers;
import io.livemind.gateway.answers.KafkaHistory;
import io.livemind.gateway.answers.Subscription;
import io.livemind.gateway.fragments.FragmentSink;
import io.livemind.gateway.fragments.KafkaFragments;
import io.livemind.gateway.handle.EventIds;
import io.livemind.gateway.handle.Handles;
import io.livemind.gateway.handle.Signature;
import io.livemind.gateway.metric.GatewayMeters;
import io.livemind.gateway.metric.GatewayMetric;
import io.livemind.gateway.metric.TurnWatch;
import io.livemind.gateway.metric.UnreadableRecords;
import io.livemind.gateway.problem.ProblemCode;
import io.livemind.gateway.spending.KafkaSpending;
import io.livemind.gateway.spending.Spending;
import io.livemind.gateway.spending.SpendingReader;
import io.livemind.gateway.spending.SpendingSource;
import io.livemind.schemas.Topics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One gateway, wired by hand.
 *
 * <p>Threading: start and close from any thread. Requests run on virtual threads, the log is read
 * by one thread of its own, and what clients missed by another.
 */
public final class GatewayApp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayApp.class);

  /** Of half a minute in all; most answers take less. */
  private static final Duration LAST_COMPLETIONS = Duration.ofSeconds(20);

  /** The two ends of the pipeline. */
  record Pipeline(
      FragmentSink fragments,
      AnswerSource answers,
      AnswerHistory history,
      SpendingSource spending) {
    /** Where nobody counts what is spent. */
    Pipeline(FragmentSink fragments, AnswerSource answers, AnswerHistory history) {
      this(fragments, answers, history, SpendingSource.NONE);
    }
  }

  private final GatewayConfig config;
  private final Pipeline pipeline;
  private final AnswerHub hub;
  private final AnswersReader reader;
  private final CatchUp catchUp;
  private final SpendingReader spendingReader;
  private final ScheduledThreadPoolExecutor timer = timer();
  private final Edge edge;

  private GatewayApp(GatewayConfig config, Pipeline pipeline, Observation observation) {
    this.config = config;
    this.pipeline = pipeline;
    Limits limits = config.limits();
    var meters = new GatewayMeters(observation.registry());
    hub =
        new AnswerHub(
            pipeline.answers(),
            config.name(),
            config.ownPartitions(),
            limits.queuedEvents(),
            System::nanoTime);
    for (ProblemCode code : ProblemCode.values()) meters.show(GatewayMetric.REFUSED, code.code());
    for (Subscription.End end : Subscription.End.values())
      meters.show(GatewayMetric.STREAMS_ENDED, end.code());
    meters.gauge(GatewayMetric.STREAMS, hub::size);
    meters.gauge(GatewayMetric.PARTITIONS, hub::read);
    reader = new AnswersReader(pipeline.answers(), hub);
    catchUp = new CatchUp(pipeline.history());
    var spending = new Spending(limits.tokensPerUserAndDay(), System::currentTimeMillis);
    meters.gauge(GatewayMetric.SPENT_USERS, spending::users);
    spendingReader = new SpendingReader(pipeline.spending(), spending);
    var signature = new Signature(config.handleKeys());
    var ids = new EventIds(signature);
    var sessions =
        new Sessions(
            config,
            pipeline.fragments(),
            hub,
            new Handles(signature),
            spending,
            meters,
            System::currentTimeMillis,
            System::nanoTime);
    var doorkeeper = new Doorkeeper(config, signature, System::currentTimeMillis);
    var feed =
        new EventFeed(
            hub,
            catchUp,
            sessions::askForSnapshot,
            ids,
            pipeline.answers().topicId(),
            meters,
            System::currentTimeMillis,
            timer);
    var connections = new Connections(limits.connectionsPerAddress(), System::nanoTime);
    edge =
        new Edge(
            new Edge.Parts(
                config,
                doorkeeper,
                new HttpToFragments(sessions, doorkeeper, limits),
                new AnswersToSse(sessions, doorkeeper, feed, ids, connections),
                new ChatCompletions(sessions, doorkeeper, hub, limits),
                new PageFiles(config, doorkeeper.asksWho()),
                new LiveSocket.Parts(sessions, doorkeeper, feed, ids, limits, meters),
                connections,
                meters));
  }

  /** Of one thread: what it runs only wakes others. */
  private static ScheduledThreadPoolExecutor timer() {
    var timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("gateway-timer").daemon().factory());
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  /**
   * Starts a gateway and returns when it takes requests. The topics must be there.
   *
   * @throws IllegalStateException if the brokers cannot be reached or the topics are not there
   * @throws PortTakenException if another process listens where this one is to
   */
  public static GatewayApp start(GatewayConfig config, Topics topics) {
    return start(config, topics, Observation.none());
  }

  /** The same, observed. */
  public static GatewayApp start(GatewayConfig config, Topics topics, Observation observation) {
    var meters = new GatewayMeters(observation.registry());
    var watch = new TurnWatch(meters, observation.traces(), System::nanoTime);
    var unreadable =
        new UnreadableRecords(meters, List.of(topics.answers().name(), topics.usage().name()));
    var answers = new KafkaAnswers(config.kafka(), topics, watch::read, unreadable);
    var pipeline =
        new Pipeline(
            new KafkaFragments(config.kafka(), topics, watch),
            answers,
            new KafkaHistory(config.kafka(), topics, unreadable),
            config.limits().tokensPerUserAndDay().isPresent()
                ? new KafkaSpending(config.kafka(), topics, unreadable)
                : SpendingSource.NONE);
    return start(config, pipeline, observation);
  }

  /**
   * Whether the port is free at this moment: for whoever must start much before the gateway.
   *
   * @throws PortTakenException if another process listens there
   */
  public static void checkPort(GatewayConfig config) {
    try (var probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(config.host(), config.port()));
    } catch (IOException taken) {
      throw new PortTakenException(config, taken);
    }
  }

  static GatewayApp start(GatewayConfig config, Pipeline pipeline) {
    return start(config, pipeline, Observation.none());
  }

  static GatewayApp start(GatewayConfig config, Pipeline pipeline, Observation observation) {
    var app = new GatewayApp(config, pipeline, observation);
    try {
      app.edge.start();
    } catch (RuntimeException e) {
      app.close();
      throw e;
    }
    LOG.info("event=gateway_started name={} port={}", config.name(), app.edge.port());
    return app;
  }

  /** Where clients and browsers go. */
  public URI uri() {
    String host = config.host().contains(":") ? "[::1]" : config.host();
    return URI.create("http://" + host + ":" + edge.port() + "/");
  }

  /** Every route, as {@code METHOD path}. */
  List<String> routes() {
    return edge.routes();
  }

  /** Whether the log is read; a gateway that is not ready should get no new clients. */
  public BooleanSupplier readiness() {
    return reader::isAlive;
  }

  /**
   * Stops, within half a minute: lets nobody new in, tells clients to go elsewhere, and lets chat
   * completions, which cannot, come to their end.
   */
  @Override
  public void close() {
    edge.letNobodyIn();
    hub.close(Subscription.End.GOING_AWAY);
    try {
      if (!hub.awaitLast(LAST_COMPLETIONS))
        LOG.warn("event=completions_cut_off reason=longer_than_{}", LAST_COMPLETIONS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    timer.shutdownNow();
    List.<Runnable>of(
            edge::close,
            reader::close,
            catchUp::close,
            spendingReader::close,
            pipeline.fragments()::close)
        .forEach(GatewayApp::closePart);
  }

  /** One that cannot be closed does not keep the next one open: fragments may be on their way. */
  private static void closePart(Runnable close) {
    try {
      close.run();
    } catch (RuntimeException e) {
      LOG.error("event=part_not_closed", e);
    }
  }
}
