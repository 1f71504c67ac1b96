package io.livemind.integration.containers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.testcontainers.containers.Network;

/** Kafka's brokers in containers, configured as in the Compose files. */
final class Brokers {
  private static final String IMAGE = "apache/kafka:4.3.1";
  private static final int PORT = 9092;
  private static final Map<String, String> SMALL = Map.of("KAFKA_HEAP_OPTS", "-Xms128m -Xmx384m");

  private final List<Container> containers;
  private final String bootstrapServers;
  private final int replicationFactor;
  private final Optional<Path> secrets;

  private Brokers(
      List<Container> containers,
      String bootstrapServers,
      int replicationFactor,
      Optional<Path> secrets) {
    this.containers = containers;
    this.bootstrapServers = bootstrapServers;
    this.replicationFactor = replicationFactor;
    this.secrets = secrets;
  }

  static Brokers one(Network network) {
    var kafka = new Container(IMAGE, "kafka", network, variables("kafka", "compose.yaml"));
    return new Brokers(List.of(kafka), "kafka:9092", 1, Optional.empty());
  }

  static Brokers three(Network network) {
    List<Container> containers = new ArrayList<>();
    for (String name : List.of("kafka", "kafka-2", "kafka-3")) {
      Map<String, String> variables =
          "kafka".equals(name)
              ? variables(name, "compose.yaml", "compose.three-brokers.yaml")
              : variables(name, "compose.three-brokers.yaml");
      containers.add(new Container(IMAGE, name, network, variables));
    }
    return new Brokers(containers, "kafka:9092,kafka-2:9092,kafka-3:9092", 3, Optional.empty());
  }

  /**
   * TLS, logins and rights.
   *
   * @param secrets as docker/secure/prepare.sh made them
   */
  static Brokers secure(Network network, Path secrets) throws IOException {
    Map<String, String> variables = variables("kafka", "compose.yaml", "compose.secure.yaml");
    variables.putAll(ComposeFile.variables(secrets.resolve("kafka.env")));
    var kafka =
        new Container(IMAGE, "kafka", network, variables)
            .file(secrets.resolve("broker.pem"), "/etc/kafka/secrets/broker.pem")
            .file(secrets.resolve("authority.pem"), "/etc/kafka/secrets/authority.pem");
    return new Brokers(List.of(kafka), "kafka:9092", 1, Optional.of(secrets));
  }

  void start() {
    // A quorum forms only when all of them are there.
    containers.forEach(Container::start);
    containers.forEach(broker -> broker.awaitPort(PORT));
  }

  /** A line for each topic: its name, copies and configuration. */
  List<String> topics() throws IOException, InterruptedException {
    return containers
        .getFirst()
        .execute(
            "/opt/kafka/bin/kafka-topics.sh", "--bootstrap-server", bootstrapServers, "--describe")
        .lines()
        .filter(line -> line.startsWith("Topic: "))
        .toList();
  }

  List<Container> containers() {
    return containers;
  }

  /** What a role must know of them, with the login of a principal. */
  Map<String, String> connection(String principal) throws IOException {
    Map<String, String> variables = new TreeMap<>();
    variables.put("LIVEMIND_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
    variables.put("LIVEMIND_TOPICS_REPLICATION_FACTOR", Integer.toString(replicationFactor));
    if (secrets.isPresent())
      variables.putAll(ComposeFile.variables(secrets.get().resolve(principal + ".env")));
    return variables;
  }

  Optional<Path> secrets() {
    return secrets;
  }

  private static Map<String, String> variables(String service, String... files) {
    Map<String, String> variables = ComposeFile.environment(service, files);
    variables.putAll(SMALL);
    return variables;
  }
}
