package io.livemind.cli.config;

import io.livemind.cli.embedded.TopicLayout;
import io.livemind.schemas.Topics;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Every key, in the order of the page: what all roles share, then each role's own. */
public final class Keys {
  /** For a cluster of several brokers. */
  static final TopicLayout LAYOUT = new TopicLayout(64, TopicLayout.TASKS, 16, (short) 3);

  static final String APPLICATION_ID_DEFAULT = "livemind";

  static final Key<String> APPLICATION_ID =
      Key.of(
          "application-id",
          Kind.TEXT,
          APPLICATION_ID_DEFAULT,
          "Names the deployment in Kafka: consumer group, changelog and share groups begin with it."
              + " The same for all roles.");

  static final Key<String> KAFKA =
      Key.without(
          "kafka.**",
          Kind.TEXT,
          "Connection to Kafka, as Kafka's clients name it: `bootstrap.servers` (needed),"
              + " `security.protocol`, `sasl.mechanism`, `sasl.jaas.config`,"
              + " `ssl.truststore.location` … A connection that is not made after 2 s is given up"
              + " (`socket.connection.setup.timeout.ms`): a machine that is gone refuses none.");

  static final Key<Duration> START_WAIT =
      Key.duration(
          "start-wait",
          Duration.ofSeconds(4),
          "How long a role waits for the brokers when it starts; then it ends with exit code 3. Longer"
              + " where everything starts at once.");

  static final Key<String> PREFIX =
      Key.of(
          "topics.prefix",
          Kind.TEXT,
          Topics.DEFAULT_PREFIX,
          "Put before each topic's name, so that deployments can share a cluster.");

  static final Key<Integer> SESSIONS =
      Key.integer(
          "topics.partitions.sessions",
          LAYOUT.sessions(),
          "Partitions of `fragments` and `inference-results`; fixed for the life of a prefix. As"
              + " many as topology threads may ever share the work.");

  static final Key<Integer> ADDRESSED =
      Key.integer(
          "topics.partitions.addressed",
          LAYOUT.addressed(),
          "Partitions of `answers` and `worker-control`.");

  static final Key<Integer> REPLICATION =
      Key.integer(
          "topics.replication-factor",
          LAYOUT.replicationFactor(),
          "Copies of each topic that `livemind topics` creates, and so of the topology's changelog."
              + " 3 survives the loss of a broker, 1 is for trying out.");

  static final Key<String> ADMIN_HOST =
      Key.of(
          "admin.host",
          Kind.TEXT,
          "127.0.0.1",
          "Address of the admin port. Not for clients: only probes and Prometheus may reach it.");

  static final Key<Integer> ADMIN_PORT =
      Key.without(
          "admin.port",
          Kind.INTEGER,
          "Port of `/livez`, `/readyz` and `/metrics`; 0 takes any free one. Without it: none.");

  static final Key<LogSettings.Format> LOG_FORMAT =
      Key.choice(
          "log.format",
          LogSettings.Format.class,
          LogSettings.Format.TEXT,
          "How the log is written to standard error: for people, or a JSON object a line.");

  static final Key<LogSettings.Level> LOG_LEVEL =
      Key.choice(
          "log.level",
          LogSettings.Level.class,
          LogSettings.Level.INFO,
          "How much of our own is logged. Never a prompt, an answer or a key, at any level.");

  static final Key<URI> TRACING_ENDPOINT =
      Key.without(
          "tracing.endpoint",
          Kind.URL,
          "An OpenTelemetry collector (OTLP over HTTP), such as `http://localhost:4318`: gets one"
              + " trace for each turn, without any text. Without it: no traces.");

  static final Key<Double> TRACING_RATIO =
      Key.of(
          "tracing.ratio",
          Kind.NUMBER,
          "1.0",
          "Share of the turns that are traced, 0 to 1; the same for all roles.");

  private static final List<Key<?>> SHARED =
      List.of(
          APPLICATION_ID,
          KAFKA,
          START_WAIT,
          PREFIX,
          SESSIONS,
          ADDRESSED,
          REPLICATION,
          ADMIN_HOST,
          ADMIN_PORT,
          LOG_FORMAT,
          LOG_LEVEL,
          TRACING_ENDPOINT,
          TRACING_RATIO);

  private Keys() {}

  /** All of them. */
  public static List<Key<?>> all() {
    return Stream.of(SHARED, TopologyKeys.ALL, WorkerKeys.ALL, GatewayKeys.ALL, SimulatorKeys.ALL)
        .flatMap(List::stream)
        .toList();
  }
}
