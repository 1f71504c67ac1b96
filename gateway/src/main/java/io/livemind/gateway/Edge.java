package io.livemind.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinBindException;
import io.javalin.websocket.WsHandlerType;
import io.livemind.gateway.Connections.Promised;
import io.livemind.gateway.metric.GatewayMeters;
import io.livemind.gateway.metric.GatewayMetric;
import io.livemind.gateway.problem.Problem;
import io.livemind.gateway.problem.ProblemCode;
import io.livemind.gateway.problem.ProblemJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server: every route, and what every response has in common.
 *
 * <p>Threading: start and close from any thread.
 */
final class Edge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Edge.class);
  private static final Duration SILENT_SOCKET = Duration.ofSeconds(60);
  private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(5);
  private static final String CALLER = "caller";
  private static final String PLACE = "place";
  private static final String END_POINT = "end-point";

  /** What the routes lead to. */
  record Parts(
      GatewayConfig config,
      Doorkeeper doorkeeper,
      HttpToFragments fragments,
      AnswersToSse events,
      ChatCompletions chat,
      PageFiles page,
      LiveSocket.Parts live,
      Connections connections,
      GatewayMeters meters) {}

  /** An open WebSocket, and where it came from. */
  private record Client(LiveSocket live, String address) {}

  private final Parts parts;
  private final String description = description();
  private final Map<Session, Client> sockets = new ConcurrentHashMap<>();
  private final RequestsUnderWay requests = new RequestsUnderWay();

  private final Javalin server;

  /** A server that is not started yet. */
  Edge(Parts parts) {
    this.parts = parts;
    server = Javalin.create(this::configure);
  }

  /**
   * Returns when it takes requests.
   *
   * @throws PortTakenException if another process listens there
   */
  void start() {
    GatewayConfig config = parts.config();
    try {
      server.start(config.host(), config.port());
    } catch (JavalinBindException taken) {
      throw new PortTakenException(config, taken);
    }
  }

  int port() {
    return server.port();
  }

  /** Every route, as {@code METHOD path}. */
  List<String> routes() {
    var router = server.unsafe.internalRouter;
    return Stream.concat(
            router.allHttpHandlers().stream()
                .map(handler -> handler.endpoint)
                .filter(endpoint -> endpoint.method.isHttpMethod())
                .map(endpoint -> endpoint.method + " " + endpoint.path),
            router.allWsHandlers().stream()
                .filter(handler -> handler.getType() == WsHandlerType.WEBSOCKET)
                .map(handler -> "GET " + handler.getPath()))
        .toList();
  }

  /** Lets nobody new in, and sends those away whose sockets have no session yet. */
  void letNobodyIn() {
    requests.lastOnes();
    for (var connector : server.jettyServer().server().getConnectors())
      if (connector instanceof ServerConnector open) open.close();
    sockets.values().forEach(client -> client.live().goElsewhere());
  }

  /**
   * Stops. The streams, which their subscriptions' end must have ended before, and the other
   * requests get 5 s to come to their end: whoever reads nothing is cut off.
   */
  @Override
  public void close() {
    long begun = System.nanoTime();
    try {
      boolean said = parts.connections().awaitNone(LONGEST_FAREWELL);
      var rest = LONGEST_FAREWELL.minusNanos(System.nanoTime() - begun);
      if (!(requests.awaitNone(rest) && said))
        LOG.warn("event=clients_cut_off reason=did_not_read_for_{}", LONGEST_FAREWELL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop();
  }

  private static String description() {
    try (InputStream in = Edge.class.getResourceAsStream("openapi.json")) {
      if (in == null) throw new IllegalStateException("openapi.json is not in the gateway's jar");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true;
    config.http.maxRequestSize = parts.config().limits().messageBytes();
    config.http.defaultContentType = "application/json";
    config.jetty.modifyServer(server -> server.setErrorHandler(new UnreadableRequests()));
    config.jetty.modifyServletContextHandler(context -> context.insertHandler(requests));
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    config.jetty.modifyWebSocketServletFactory(
        factory -> {
          factory.setMaxTextMessageSize(parts.config().limits().messageBytes());
          factory.setIdleTimeout(SILENT_SOCKET);
          factory.setMaxOutgoingFrames(WebSocketWriter.WAITING_MESSAGES);
        });
    var routes = config.routes;
    routes.before(this::everyRequest);
    routes.options("/v1/*", request -> request.status(204));
    routes.get("/", request -> parts.page().file(request, "index.html"));
    routes.get("/page/settings.json", parts.page()::settings);
    routes.get(
        "/page/<file>", request -> parts.page().file(request, Requests.path(request, "file")));
    routes.post("/v1/sign-in", this::signIn);
    routes.post("/v1/tickets", this::ticket);
    routes.post("/v1/sessions", parts.fragments()::open);
    routes.post("/v1/sessions/{handle}/fragments", parts.fragments()::type);
    routes.get("/v1/sessions/{handle}/events", parts.events()::stream);
    routes.delete("/v1/sessions/{handle}", parts.fragments()::delete);
    routes.get("/v1/openapi.json", this::describe);
    routes.get("/v1/models", parts.chat()::models);
    routes.post("/v1/chat/completions", parts.chat()::complete);
    live(config);
    routes.exception(Problem.class, this::problem);
    routes.exception(HttpResponseException.class, this::refused);
    routes.exception(Exception.class, this::unexpected);
  }

  private void live(JavalinConfig config) {
    config.routes.wsBeforeUpgrade(
        request -> {
          parts.doorkeeper().checkPlace(request);
          request.attribute(END_POINT, Cut.endPointOf(request.req()));
          request.attribute(CALLER, parts.doorkeeper().streamCaller(request));
          request.attribute(
              PLACE, parts.connections().promise(parts.doorkeeper().address(request)));
        });
    config.routes.wsAfterUpgrade(
        request -> {
          Promised place = request.attribute(PLACE);
          boolean opens = request.res().getStatus() == HttpStatus.SWITCHING_PROTOCOLS.getCode();
          if (place != null && !opens) parts.connections().giveUp(place);
        });
    config.routes.ws(
        "/v1/live",
        socket -> {
          socket.onConnect(
              client -> {
                Caller caller = Objects.requireNonNull(client.attribute(CALLER));
                Promised place = Objects.requireNonNull(client.attribute(PLACE));
                parts.connections().enter(place);
                EndPoint endPoint = Objects.requireNonNull(client.attribute(END_POINT));
                var live = new LiveSocket(parts.live(), caller, client.session, endPoint);
                // A closed session does not know its address any more.
                sockets.put(client.session, new Client(live, place.address()));
              });
          socket.onMessage(
              client -> {
                Client known = sockets.get(client.session);
                if (known != null) known.live().message(client.message());
              });
          socket.onClose(
              client -> {
                Client known = sockets.remove(client.session);
                if (known == null) return;
                known.live().left();
                parts.connections().leave(known.address());
              });
        });
  }

  private void everyRequest(Context request) {
    SecurityHeaders.ALL.forEach(request::header);
    parts.doorkeeper().checkPlace(request);
  }

  private void signIn(Context request) {
    parts.doorkeeper().signIn(request);
    request.status(204);
  }

  private void describe(Context request) {
    request.contentType("application/json").result(description);
  }

  private void ticket(Context request) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("ticket", parts.doorkeeper().ticket(request))
            .put("expiresInSeconds", Tickets.GOOD_FOR.toSeconds());
    request
        .status(201)
        .header("Cache-Control", "no-store")
        .contentType("application/json")
        .result(json.toString());
  }

  private void problem(Problem problem, Context request) {
    parts.meters().count(GatewayMetric.REFUSED, problem.code().code());
    problem
        .retryAfter()
        .ifPresent(
            wait -> request.header("Retry-After", Long.toString(wait.plusMillis(999).toSeconds())));
    if (problem.code() == ProblemCode.UNAUTHENTICATED) request.header("WWW-Authenticate", "Bearer");
    boolean openAi =
        request.path().startsWith("/v1/chat/") || request.path().startsWith("/v1/models");
    var json = openAi ? ProblemJson.openAi(problem) : ProblemJson.of(problem);
    request.status(problem.code().status()).contentType("application/json").result(json.toString());
  }

  /** What the server itself refuses: a path or a method that is not there, a body too large. */
  private void refused(HttpResponseException refusal, Context request) {
    Problem problem =
        switch (refusal.getStatus()) {
          case 413 -> Problem.of(ProblemCode.TOO_LARGE, "body is larger than message-bytes");
          case 404, 405 -> Problem.notFound();
          default -> Problem.of(ProblemCode.INVALID_REQUEST, "The request cannot be understood.");
        };
    problem(problem, request);
  }

  private void unexpected(Exception failure, Context request) {
    LOG.error("event=request_failed path={}", request.endpoint().path, failure);
    problem(Problem.of(ProblemCode.INTERNAL, "This is our fault: try again."), request);
  }
}
