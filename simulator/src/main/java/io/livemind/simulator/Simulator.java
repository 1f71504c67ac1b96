package io.livemind.simulator;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model server without a model, on the wire formats of OpenAI, Anthropic and Gemini: calibrated
 * latency, recorded, scripted or plainly labelled replies, faults on demand, and a record of
 * everything that it served.
 *
 * <p>Threading: any thread may call any method. Each connection has two virtual threads; at most
 * {@value #CONNECTION_LIMIT} connections are open, a further one is closed at once.
 */
public final class Simulator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);

  /** More than the 4,468 sessions of a whole replay. */
  private static final int CONNECTION_LIMIT = 20_000;

  /** Connections that wait for being accepted; the kernel may allow fewer. */
  private static final int BACKLOG = 4_096;

  /** Above the 30 s after which Java's HTTP client lets go of an idle connection. */
  private static final Duration IDLE_LIMIT = Duration.ofSeconds(75);

  /** A client that takes nothing for so long is cut off. */
  private static final Duration WRITE_LIMIT = Duration.ofMinutes(1);

  private static final Duration WATCH_INTERVAL = Duration.ofSeconds(5);

  private final ServerSocket listener;
  private final URI baseUrl;
  private final Map<String, Engine> engines;
  private final Routes routes;
  private final Responders responders;
  private final ServedLog log;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService watcher;
  private final ScheduledFuture<?> watch;

  private Simulator(SimulatorConfig config, ServerSocket listener, MeterRegistry registry) {
    this.listener = listener;
    this.baseUrl = baseUrl(config.bindAddress(), listener.getLocalPort());
    Map<String, Engine> byName = new HashMap<>();
    config
        .models()
        .forEach(
            (name, profile) ->
                byName.put(name, new Engine(profile, config.speed(), config.chunkInterval())));
    this.engines = Map.copyOf(byName);
    this.log = new ServedLog(config.readBackLimit(), SimulatorConfig.READ_BACK_CHARACTERS);
    this.responders = new Responders(config.script(), config.seed());
    var meters = new SimulatorMeters(registry, engines);
    var calls = new ModelCalls(engines, responders, config.faults(), log, meters);
    this.routes = new Routes(calls, log, engines);
    this.watcher =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("simulator-watcher").daemon().factory());
    long interval = WATCH_INTERVAL.toMillis();
    this.watch =
        watcher.scheduleWithFixedDelay(this::closeStuck, interval, interval, TimeUnit.MILLISECONDS);
    Thread.ofPlatform().name("simulator-accept").daemon().start(this::accept);
  }

  /** The same with metrics that nobody reads. */
  public static Simulator start(SimulatorConfig config) {
    return start(config, new SimpleMeterRegistry());
  }

  /**
   * Listens, and serves from the moment this returns.
   *
   * @param registry gets its {@link SimulatorMetric}s
   * @throws PortInUseException if it cannot listen where the configuration says
   */
  public static Simulator start(SimulatorConfig config, MeterRegistry registry) {
    ServerSocket listener = null;
    try {
      listener = new ServerSocket();
      listener.bind(
          new InetSocketAddress(InetAddress.getByName(config.bindAddress()), config.port()),
          BACKLOG);
      var simulator = new Simulator(config, listener, registry);
      LOG.info(
          "simulator_started url={} models={} speed={}",
          simulator.baseUrl,
          config.models().keySet(),
          config.speed());
      return simulator;
    } catch (IOException taken) {
      if (listener != null) closeQuietly(listener);
      throw new PortInUseException(config.bindAddress(), config.port(), taken);
    }
  }

  /** What clients of OpenAI's and Anthropic's API take as base URL: {@code http://HOST:PORT/v1}. */
  public URI baseUrl() {
    return baseUrl;
  }

  /** What clients of Gemini's API take as base URL: {@code http://HOST:PORT/v1beta}. */
  public URI geminiBaseUrl() {
    return baseUrl.resolve(GeminiWire.BASE);
  }

  /** Serves this recording to the session, from the beginning, also if it had one before. */
  public void register(String sessionId, RecordedSession session) {
    responders.recorded().register(sessionId, session);
  }

  /**
   * Serves these replies to the session's calls as they arrive, and again from the beginning.
   *
   * @param replies at least one
   */
  public void script(String sessionId, List<ScriptedReply> replies) {
    if (replies.isEmpty()) throw new IllegalArgumentException("a script must have a reply");
    responders.script(sessionId, replies);
  }

  /**
   * How the session's calls compare with its recording so far.
   *
   * @throws IllegalArgumentException if the session is not registered
   */
  public RecordedCounts recordedCounts(String sessionId) {
    Optional<RecordedCounts> counts = responders.recorded().counts(sessionId);
    return counts.orElseThrow(
        () -> new IllegalArgumentException("no recording is registered for this session"));
  }

  /** Drops the session's recording or script, and what was served to it. */
  public void forget(String sessionId) {
    responders.forget(sessionId);
    log.forget(sessionId);
  }

  /**
   * Every call that has ended, in the order of the ends; a reply is here before the client can have
   * read its end. Bounded: see {@link SimulatorConfig#readBackLimit}.
   */
  public List<ServedCall> served() {
    return log.all();
  }

  /** Those of one session. */
  public List<ServedCall> served(String sessionId) {
    return log.of(sessionId);
  }

  /**
   * How many calls a model runs and lets wait now.
   *
   * @throws IllegalArgumentException if it has no such model
   */
  public ModelLoad load(String model) {
    Engine engine = engines.get(model);
    if (engine == null) throw new IllegalArgumentException("no such model: " + model);
    return engine.load();
  }

  /** Calls that ended but can no longer be read back, because of the bounds. */
  public long servedDropped() {
    return log.dropped();
  }

  /** Stops listening and ends every connection; running calls count as cancelled. */
  @Override
  public void close() {
    watch.cancel(false);
    watcher.shutdownNow();
    closeQuietly(listener);
    connections.forEach(Connection::close);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        if (connections.size() >= CONNECTION_LIMIT) {
          LOG.warn(
              "simulator_connection_refused open={} limit={}",
              connections.size(),
              CONNECTION_LIMIT);
          socket.close();
          continue;
        }
        start(new Connection(socket, routes));
      } catch (SocketException closed) {
        if (!listener.isClosed())
          LOG.warn("simulator_accept_failed reason={}", closed.getMessage());
      } catch (IOException failed) {
        LOG.warn("simulator_accept_failed reason={}", failed.getMessage());
      }
    }
    connections.forEach(Connection::close);
  }

  private void start(Connection connection) {
    connections.add(connection);
    Thread.ofVirtual()
        .name("simulator-connection")
        .start(
            () -> {
              try {
                connection.run();
              } finally {
                connections.remove(connection);
              }
            });
  }

  private void closeStuck() {
    long now = System.nanoTime();
    for (Connection connection : connections)
      connection.closeIfStuck(now, IDLE_LIMIT.toNanos(), WRITE_LIMIT.toNanos());
  }

  private static URI baseUrl(String host, int port) {
    String bracketed = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + bracketed + ":" + port + "/v1");
  }

  private static void closeQuietly(ServerSocket listener) {
    try {
      listener.close();
    } catch (IOException closed) {
      LOG.debug("simulator_listener_close_failed reason={}", closed.getMessage());
    }
  }
}
