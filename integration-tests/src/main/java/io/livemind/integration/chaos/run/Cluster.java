package io.livemind.integration.chaos.run;

import io.livemind.cli.embedded.ScratchDirectory;
import io.livemind.cli.embedded.TopicLayout;
import io.livemind.cli.embedded.TopicSetup;
import io.livemind.integration.chaos.process.Brokers;
import io.livemind.integration.chaos.process.FakeClock;
import io.livemind.integration.chaos.process.FixedPorts;
import io.livemind.integration.chaos.process.NextRelease;
import io.livemind.integration.chaos.process.PlantedBug;
import io.livemind.integration.chaos.process.RoleMain;
import io.livemind.integration.chaos.process.RoleProcess;
import io.livemind.integration.chaos.process.TcpProxy;
import io.livemind.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/**
 * Brokers, topology instances, workers and gateways in processes of their own, and a cable to the
 * models. Of each role the second reaches the brokers over a cable that can be cut as well. Dead
 * processes are replaced; the next in line has its JVM up already.
 *
 * <p>Threading: one thread.
 */
public final class Cluster implements AutoCloseable {
  /** Of this deployment, which lives for minutes on loopback. */
  private static final String HANDLE_KEY = "c4a05".repeat(13).substring(0, 64);

  /** What a topology instance ends with that was not run for longer than its group waits. */
  private static final int STOOD_STILL = 70;

  /** Which of each role's instances reaches the brokers over the cable. */
  private static final int CABLED = 1;

  private final Topics topics = new Topics(Topics.DEFAULT_PREFIX);
  private final Brokers brokers;
  private final TcpProxy models;
  private final ScratchDirectory state = ScratchDirectory.create();
  private final List<RoleProcess> workers = new ArrayList<>();
  private final List<RoleProcess> topologies = new ArrayList<>();
  private final List<Path> states = new ArrayList<>();
  private final List<RoleProcess> gateways = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();
  private final Size size;
  private final Path log = state.path().resolve("printed.log");
  private Optional<Path> otherRelease = Optional.empty();
  private int started;

  /**
   * How much of what there is.
   *
   * @param brokers one or three
   * @param topologies instances
   * @param standbys copies of the store on other instances
   * @param workers processes
   * @param gateways processes
   * @param bug of the topology or the workers; none but where a checker is proved
   */
  public record Size(
      int brokers, int topologies, int standbys, int workers, int gateways, PlantedBug bug) {
    /** One broker, two of each other role, and a copy of the store. */
    public static final Size TWO_OF_EACH = new Size(1, 2, 1, 2, 2, PlantedBug.NONE);
  }

  private Cluster(Size size) {
    this.size = size;
    brokers = Brokers.start(size.brokers(), state.path(), log);
    models = TcpProxy.to(new InetSocketAddress("127.0.0.1", 1));
  }

  /** Starts everything. Ports may be taken, and a machine too busy, once. */
  public static Cluster start(Size size) {
    try {
      return startOnce(size);
    } catch (RuntimeException once) {
      System.out.println("the deployment does not start, and is tried again: " + once.getMessage());
      return startOnce(size);
    }
  }

  private static Cluster startOnce(Size size) {
    var cluster = new Cluster(size);
    try {
      cluster.createTopics();
      cluster.startAll();
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private void createTopics() {
    try (Admin admin = Admin.create(kafka())) {
      var usual = TopicLayout.EMBEDDED;
      var layout =
          new TopicLayout(usual.sessions(), usual.tasks(), usual.addressed(), brokers.replicas());
      new TopicSetup(admin, layout).ensure(topics);
    }
  }

  private void startAll() {
    for (int i = 0; i < size.topologies(); i++) {
      states.add(newState());
      topologies.add(prepareTopology(i, states.get(i)).begin());
    }
    for (int i = 0; i < size.workers(); i++) {
      workers.add(prepareWorker(i).begin());
    }
    // Not all at once: three brokers have begun just now.
    topologies.forEach(RoleProcess::awaitReady);
    workers.forEach(RoleProcess::awaitReady);
    for (int i = 0; i < size.gateways(); i++) {
      ports.add(FixedPorts.next());
      gateways.add(prepareGateway(i).begin());
    }
    gateways.forEach(RoleProcess::awaitReady);
  }

  /** Connection settings of the broker. */
  public Map<String, Object> kafka() {
    return Map.of("bootstrap.servers", brokers.bootstrapServers());
  }

  public Topics topics() {
    return topics;
  }

  /** The cable between workers and models. */
  public TcpProxy models() {
    return models;
  }

  /** What all processes printed until now. */
  String printed() {
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException("what the roles printed cannot be read", e);
    }
  }

  private String servers(int instance) {
    return instance == CABLED ? brokers.cabledServers() : brokers.bootstrapServers();
  }

  List<RoleProcess> workers() {
    return workers;
  }

  List<RoleProcess> topologies() {
    return topologies;
  }

  /**
   * Whether a topology instance has noticed that it stood still, and ended itself; a supervisor
   * would start another.
   */
  boolean stoodStill() {
    return topologies.stream()
        .anyMatch(instance -> !instance.isAlive() && instance.exitCode() == STOOD_STILL);
  }

  /** Processes that are prepared from now on are of the next release. */
  void goOnWithNextRelease() {
    otherRelease = Optional.of(NextRelease.compile(newState()));
  }

  /** Processes that are prepared from now on are of this release. */
  void goOnWithThisRelease() {
    otherRelease = Optional.empty();
  }

  /** A worker whose JVM is up, and which has not begun. */
  RoleProcess prepareWorker(int worker) {
    return prepareWorker(worker, Map.of());
  }

  /** The same that goes by this clock. */
  RoleProcess prepareWorker(int worker, FakeClock clock) {
    return prepareWorker(worker, clock.environment());
  }

  /** The same with so many places. */
  RoleProcess prepareWorker(int worker, int places) {
    return prepareWorker(worker, Map.of(RoleMain.PLACES_VARIABLE, Integer.toString(places)));
  }

  private RoleProcess prepareWorker(int worker, Map<String, String> environment) {
    String url = "http://127.0.0.1:" + models.port() + "/v1";
    return RoleProcess.prepare(
        log,
        otherRelease,
        environment,
        "worker",
        "w" + started++,
        servers(worker),
        url,
        size.bug().name());
  }

  /** An instance whose JVM is up, and which has not begun, for this state. */
  RoleProcess prepareTopology(int topology, Path directory) {
    return prepareTopology(topology, directory, Map.of());
  }

  /** The same that goes by this clock. */
  RoleProcess prepareTopology(int topology, Path directory, FakeClock clock) {
    return prepareTopology(topology, directory, clock.environment());
  }

  /** The same, for its own state, that writes files all the time and not some minutes later. */
  RoleProcess prepareWritingTopology(int topology) {
    return prepareTopology(
        topology, state(topology), Map.of(RoleMain.REWRITE_SECONDS_VARIABLE, "1"));
  }

  private RoleProcess prepareTopology(
      int topology, Path directory, Map<String, String> environment) {
    return RoleProcess.prepare(
        log,
        otherRelease,
        environment,
        "topology",
        servers(topology),
        directory.toString(),
        Integer.toString(size.standbys()),
        size.bug().name());
  }

  /** A gateway whose JVM is up, and which has not begun, on the port of this one. */
  RoleProcess prepareGateway(int gateway) {
    return prepareGateway(gateway, Map.of());
  }

  /** The same that goes by this clock. */
  RoleProcess prepareGateway(int gateway, FakeClock clock) {
    return prepareGateway(gateway, clock.environment());
  }

  private RoleProcess prepareGateway(int gateway, Map<String, String> environment) {
    return RoleProcess.prepare(
        log,
        otherRelease,
        environment,
        "gateway",
        "gateway-" + gateway,
        servers(gateway),
        Integer.toString(ports.get(gateway)),
        HANDLE_KEY,
        size.bug().name());
  }

  Brokers brokers() {
    return brokers;
  }

  List<RoleProcess> gateways() {
    return gateways;
  }

  /** Where the gateways listen. */
  public List<URI> gatewayUrls() {
    return ports.stream().map(port -> URI.create("http://127.0.0.1:" + port)).toList();
  }

  /** Where this instance keeps its state. */
  Path state(int topology) {
    return states.get(topology);
  }

  /** An empty place for the state of an instance. */
  Path newState() {
    return state.path().resolve("state-" + started++);
  }

  void replaceState(int topology, Path directory) {
    states.set(topology, directory);
  }

  @Override
  public void close() {
    workers.forEach(RoleProcess::close);
    topologies.forEach(RoleProcess::close);
    gateways.forEach(RoleProcess::close);
    models.close();
    brokers.close();
    state.close();
  }
}
