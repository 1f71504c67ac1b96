package io.livemind.integration.containers;

import io.livemind.client.LiveMind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.testcontainers.containers.Network;

/** The whole pipeline, each part in a container, on one network; configured as in docker/. */
final class Deployment implements AutoCloseable {
  private static final String KEY = "key-of-the-container-tests";
  private static final int CLIENT_PORT = 8080;
  private static final Path LOGS = Path.of("target", "container-logs").toAbsolutePath();
  private static final String CONFIGURATION = "/etc/livemind/livemind.yaml";

  private final Network network = Network.newNetwork();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final List<Container> topologies = new ArrayList<>();
  private final List<Container> workers = new ArrayList<>();
  private final List<Container> gateways = new ArrayList<>();
  private final List<URI> addresses = new ArrayList<>();
  private final Brokers brokers;

  /** Makes the brokers on a network. */
  interface BrokersOn {
    Brokers network(Network network) throws IOException;
  }

  private Deployment(BrokersOn brokersOn) throws IOException {
    opened.push(network);
    brokers = brokersOn.network(network);
    brokers.containers().forEach(opened::push);
  }

  /**
   * Starts brokers, topics, simulator and the roles, and returns when all of them are healthy.
   *
   * @param each how many of each role
   */
  static Deployment start(BrokersOn brokersOn, int each) throws Exception {
    Image.built();
    var deployment = new Deployment(brokersOn);
    try {
      deployment.begin(each);
      return deployment;
    } catch (Exception | Error failed) {
      deployment.close();
      throw failed;
    }
  }

  private void begin(int each) throws Exception {
    brokers.start();
    if (brokers.secrets().isPresent()) grantAccess(brokers.secrets().get());
    role("topics", "topics").command("topics").runToItsEnd();
    open(
        new Container(Image.NAME, "simulator", network, Map.of())
            .hardened()
            .command(
                "simulator",
                "--bind=0.0.0.0",
                "--port=8090",
                "--profile=large=fast-hosted-70b",
                "--profile=small=fast-hosted-70b"));
    for (int i = 1; i <= each; i++) {
      topologies.add(open(role("topology", "topology-" + i).command("topology")));
      workers.add(open(role("worker", "worker-" + i).command("worker")));
      gateways.add(open(gateway(i)));
    }
    for (List<Container> role : List.of(topologies, workers, gateways))
      role.forEach(Container::awaitHealthy);
  }

  private Container open(Container container) {
    opened.push(container);
    return container.start();
  }

  private Container gateway(int number) throws IOException {
    int port = Container.freePort();
    addresses.add(URI.create("http://127.0.0.1:" + port));
    return role("gateway", "gateway-" + number).command("gateway").published(port, CLIENT_PORT);
  }

  private void grantAccess(Path secrets) throws IOException {
    String users = "/etc/livemind/users.properties";
    role("admin", "access")
        .command("access", "--apply", "--passwords", users)
        .file(secrets.resolve("users.properties"), users)
        .runToItsEnd();
  }

  /** A container of our image with the login of a principal. */
  Container role(String principal, String name) throws IOException {
    Map<String, String> variables = new TreeMap<>(brokers.connection(principal));
    variables.put("LIVEMIND_CONFIG", CONFIGURATION);
    variables.put("LIVEMIND_GATEWAY_HANDLE_KEYS", "6c".repeat(32));
    variables.put("LIVEMIND_GATEWAY_AUTH_API_KEYS_TESTS", KEY);
    var container =
        new Container(Image.NAME, name, network, variables)
            .hardened()
            .file(ComposeFile.FOLDER.resolve("livemind.yaml"), CONFIGURATION);
    Optional<Path> secrets = brokers.secrets();
    return secrets.isPresent()
        ? container.file(secrets.get().resolve("authority.pem"), "/etc/livemind/authority.pem")
        : container;
  }

  /** A client of all gateways. */
  LiveMind client() {
    return LiveMind.at(addresses, Optional.of(KEY));
  }

  List<Container> topologies() {
    return topologies;
  }

  List<Container> workers() {
    return workers;
  }

  List<Container> gateways() {
    return gateways;
  }

  Brokers brokers() {
    return brokers;
  }

  Network network() {
    return network;
  }

  /** Where what every container said is found, for a test that failed. */
  String logs() {
    try {
      Path folder = Files.createDirectories(LOGS);
      for (AutoCloseable one : opened)
        if (one instanceof Container container)
          Files.writeString(folder.resolve(container.name() + ".log"), container.allLogs());
      return "the containers' logs are in " + folder;
    } catch (IOException e) {
      return "the containers' logs cannot be written: " + e;
    }
  }

  @Override
  public void close() throws Exception {
    while (!opened.isEmpty()) opened.pop().close();
  }
}
