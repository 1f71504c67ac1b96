package io.livemind.gateway;

import io.javalin.Javalin;
import io.javalin.util.JavalinBindException;
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
import io.livemind.schemas.Topics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Optional;
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

  private static final String PORT = "gateway.port";
  private static final String LOOPBACK = "127.0.0.1";

  /** The two ends of the pipeline. */
  record Pipeline(FragmentSink fragments, AnswerSource answers, AnswerHistory history) {}

  private final GatewayConfig config;
  private final Pipeline pipeline;
  private final AnswerHub hub;
  private final AnswersReader reader;
  private final CatchUp catchUp;
  private final Javalin server;
  private final Optional<Javalin> admin;

  private GatewayApp(GatewayConfig config, Pipeline pipeline) {
    this.config = config;
    this.pipeline = pipeline;
    Limits limits = config.limits();
    hub = new AnswerHub(pipeline.answers().positions(), limits.queuedEvents());
    reader = new AnswersReader(pipeline.answers(), hub);
    catchUp = new CatchUp(pipeline.history());
    var signature = new Signature(config.handleKeys());
    var ids = new EventIds(signature);
    var sessions =
        new Sessions(
            config,
            pipeline.fragments(),
            hub,
            new Handles(signature),
            System::currentTimeMillis,
            System::nanoTime);
    var doorkeeper = new Doorkeeper(config, signature, System::currentTimeMillis);
    var feed = new EventFeed(hub, catchUp, ids, pipeline.answers().topicId());
    var connections = new Connections(limits.connectionsPerAddress());
    server =
        Edge.create(
            new Edge.Parts(
                config,
                doorkeeper,
                new HttpToFragments(sessions, doorkeeper, limits),
                new AnswersToSse(sessions, doorkeeper, feed, ids, connections),
                new ChatCompletions(sessions, doorkeeper, hub, limits),
                new PageFiles(config, doorkeeper.asksWho()),
                new LiveSocket.Parts(sessions, feed, ids, limits),
                connections));
    admin = config.adminPort().map(_ -> Health.create(reader::isAlive));
  }

  /**
   * Starts a gateway and returns when it takes requests. The topics must be there.
   *
   * @throws IllegalStateException if the brokers cannot be reached or the topics are not there
   * @throws PortTakenException if another process listens where this one is to
   */
  public static GatewayApp start(GatewayConfig config, Topics topics) {
    var answers = new KafkaAnswers(config.kafka(), topics);
    var pipeline =
        new Pipeline(
            new KafkaFragments(config.kafka(), topics),
            answers,
            new KafkaHistory(config.kafka(), topics));
    return start(config, pipeline);
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
      throw new PortTakenException(PORT, config.host(), config.port(), taken);
    }
  }

  static GatewayApp start(GatewayConfig config, Pipeline pipeline) {
    var app = new GatewayApp(config, pipeline);
    try {
      listen(app.server, PORT, config.host(), config.port());
      app.admin.ifPresent(
          admin -> listen(admin, "gateway.admin-port", LOOPBACK, config.adminPort().orElseThrow()));
    } catch (RuntimeException e) {
      app.close();
      throw e;
    }
    LOG.info("event=gateway_started name={} port={}", config.name(), app.server.port());
    return app;
  }

  private static void listen(Javalin server, String key, String host, int port) {
    try {
      server.start(host, port);
    } catch (JavalinBindException taken) {
      throw new PortTakenException(key, host, port, taken);
    }
  }

  /** Where clients and browsers go. */
  public URI uri() {
    String host = config.host().contains(":") ? "[::1]" : config.host();
    return URI.create("http://" + host + ":" + server.port() + "/");
  }

  /** Where health is told, if an admin port is configured. */
  public Optional<URI> adminUri() {
    return admin.map(running -> URI.create("http://" + LOOPBACK + ":" + running.port() + "/"));
  }

  /** Whether the log is read; a gateway that is not ready should get no new clients. */
  public BooleanSupplier readiness() {
    return reader::isAlive;
  }

  /** Tells clients to go elsewhere, and stops; within half a minute. */
  @Override
  public void close() {
    hub.endAll(Subscription.End.GOING_AWAY);
    server.stop();
    admin.ifPresent(Javalin::stop);
    reader.close();
    catchUp.close();
    pipeline.fragments().close();
  }
}
