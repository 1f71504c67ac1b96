package io.livemind.integration.chaos.process;

import io.livemind.gateway.GatewayApp;
import io.livemind.gateway.GatewayConfig;
import io.livemind.gateway.Limits;
import io.livemind.gateway.handle.HandleKey;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.topology.TopologyApp;
import io.livemind.topology.TopologyConfig;
import io.livemind.topology.session.SessionTimes;
import io.livemind.workers.ModelConfig;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.Timeouts;
import io.livemind.workers.WorkerApp;
import io.livemind.workers.WorkerConfig;
import io.livemind.workers.langchain4j.LangChain4jModelClient;
import io.livemind.workers.model.ModelClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One role as a process of its own: begins when a line comes on standard input, so that its JVM can
 * be up before it joins; says {@code ready} when it works; runs until it is killed, or stopped by
 * SIGTERM.
 *
 * <p>Arguments: {@code topology BROKERS STATE_DIRECTORY STANDBYS BUG}, {@code worker ID BROKERS
 * MODELS BUG} or {@code gateway NAME BROKERS PORT KEY BUG}.
 */
public final class RoleMain {
  /** Streams application id and share groups' prefix of all roles. */
  public static final String APPLICATION = "chaos";

  /** Name of the model at the server. */
  public static final String MODEL = "chaos-model";

  /** Of an instance that writes its store to files each so many seconds. */
  public static final String REWRITE_SECONDS_VARIABLE = "CHAOS_REWRITE_SECONDS";

  /** Of a worker that has fewer places than usual. */
  public static final String PLACES_VARIABLE = "CHAOS_PLACES";

  private static final int PLACES = 16;

  private static final int LONG_LEASE_MILLIS = 30_000;

  /** Of its sessions, those with the same turn deadline as the sessions of the other clients. */
  private static final Map<String, SessionOptions> MODELS =
      Map.of("livemind", SessionOptions.newBuilder().setTurnDeadlineMillis(60_000).build());

  /** Short, so that a hanging model is noticed within a run. */
  private static final Timeouts TIMEOUTS =
      new Timeouts(
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(3),
          Duration.ofSeconds(2),
          Duration.ofSeconds(20));

  private RoleMain() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (System.in.read() < 0) return;
    endWithParent();
    var topics = new Topics(Topics.DEFAULT_PREFIX);
    AutoCloseable role =
        switch (arguments[0]) {
          case "topology" ->
              TopologyApp.start(
                  topology(
                      arguments[1],
                      Path.of(arguments[2]),
                      Integer.parseInt(arguments[3]),
                      PlantedBug.valueOf(arguments[4])),
                  topics);
          case "worker" ->
              WorkerApp.start(
                  worker(arguments[1], arguments[2], URI.create(arguments[3])),
                  topics,
                  clients(PlantedBug.valueOf(arguments[4])));
          case "gateway" ->
              GatewayApp.start(
                  gateway(
                      arguments[1],
                      arguments[2],
                      Integer.parseInt(arguments[3]),
                      arguments[4],
                      PlantedBug.valueOf(arguments[5])),
                  topics);
          default -> throw new IllegalArgumentException("no role " + arguments[0]);
        };
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> close(role)));
    if (role instanceof TopologyApp topology) endWhenGivenUp(topology);
    System.out.println("ready");
    Thread.sleep(Long.MAX_VALUE);
  }

  /** Nobody else ends it when the harness itself is killed. */
  static void endWithParent() {
    ProcessHandle.current().parent().ifPresent(RoleMain::endWith);
  }

  private static void endWith(ProcessHandle harness) {
    var unused = harness.onExit().thenRun(() -> Runtime.getRuntime().halt(1));
  }

  /** As {@code livemind topology} does. */
  private static void endWhenGivenUp(TopologyApp topology) {
    var unused =
        topology
            .gaveUp()
            .thenAccept(
                reason -> {
                  System.err.println("topology: " + reason);
                  Thread.ofPlatform().start(() -> System.exit(1));
                });
  }

  private static void close(AutoCloseable role) {
    try {
      role.close();
    } catch (Exception e) {
      throw new IllegalStateException("the role does not close", e);
    }
  }

  private static Function<ReplicaConfig, ModelClient> clients(PlantedBug bug) {
    return bug == PlantedBug.REPLY_CUT_SHORT
        ? replica -> new TruncatingClient(new LangChain4jModelClient(replica))
        : LangChain4jModelClient::new;
  }

  private static TopologyConfig topology(String brokers, Path state, int standbys, PlantedBug bug) {
    TopologyConfig usual =
        TopologyConfig.defaults(APPLICATION, Map.of("bootstrap.servers", brokers), state);
    Duration rewrite =
        Optional.ofNullable(System.getenv(REWRITE_SECONDS_VARIABLE))
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
            .orElse(usual.store().rewriteInterval());
    TopologyConfig config =
        usual
            .storing(store -> store.withStandbyReplicas(standbys).rewriting(rewrite))
            .rendering(bug::damaged);
    return bug == PlantedBug.LEASES_TOO_LONG ? withLongLeases(config) : config;
  }

  private static TopologyConfig withLongLeases(TopologyConfig usual) {
    SessionTimes times = usual.times();
    return new TopologyConfig(
        usual.applicationId(),
        usual.kafka(),
        usual.store(),
        usual.streamThreads(),
        usual.commitInterval(),
        usual.exactlyOnce(),
        usual.embedded(),
        usual.limits(),
        usual.taskLimits(),
        new SessionTimes(
            times.claimLeaseMillis(),
            LONG_LEASE_MILLIS,
            times.maximumAttempts(),
            times.stopMillis(),
            times.firstRetryMillis(),
            times.longestRetryMillis()),
        usual.renderedMessages());
  }

  private static GatewayConfig gateway(
      String name, String brokers, int port, String key, PlantedBug bug) {
    GatewayConfig local = GatewayConfig.local(port, Map.of("bootstrap.servers", brokers));
    return new GatewayConfig(
        name,
        local.host(),
        port,
        local.ownPartitions(),
        local.kafka(),
        local.auth(),
        List.of(HandleKey.ofHex(key)),
        bug == PlantedBug.NO_RATE_LIMIT ? unlimited(local.limits()) : local.limits(),
        MODELS,
        local.samples(),
        local.allowedHosts(),
        local.allowedOrigins(),
        local.trustedProxies());
  }

  private static Limits unlimited(Limits usual) {
    return new Limits(
        usual.messageBytes(),
        usual.fragmentLength(),
        1_000_000,
        usual.sessionsPerMinute(),
        usual.connectionsPerAddress(),
        usual.queuedEvents(),
        usual.chatDeadline());
  }

  private static WorkerConfig worker(String id, String brokers, URI models) {
    int places =
        Optional.ofNullable(System.getenv(PLACES_VARIABLE)).map(Integer::parseInt).orElse(PLACES);
    var replica =
        ReplicaConfig.openAi(models, MODEL, Optional.empty(), places)
            .withTimeouts(TIMEOUTS)
            .withSessionHeaders();
    var model = new ModelConfig(List.of(replica));
    return WorkerConfig.defaults(
        id,
        Map.of("bootstrap.servers", brokers),
        APPLICATION,
        Map.of("large", model, "small", model),
        places);
  }
}
