package io.livemind.cli.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Broker and controller in one, put together as {@link KafkaRaftServer} does it, but for two
 * things: the ports are bound already, and a fault does not end the process.
 *
 * <p>Threading: one thread starts it, one stops it after that.
 */
final class BrokerNode {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerNode.class);

  /** With nobody to hand over to there is nothing to wait for; the bound is for a stuck thread. */
  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

  private final Metrics metrics;
  private final ControllerServer controller;
  private final BrokerServer broker;

  /**
   * Builds the node and formats its log.
   *
   * @param directory of the log, empty
   * @param settings over those that every embedded broker has
   * @throws Exception whatever Kafka's formatter and constructors throw
   */
  BrokerNode(Path directory, LoopbackPorts ports, Map<String, String> settings) throws Exception {
    format(directory);
    var all =
        new HashMap<>(BrokerSettings.of(directory, ports.brokerPort(), ports.controllerPort()));
    all.putAll(settings);
    KafkaConfig config = KafkaConfig.fromProps(properties(all));
    var stored = KafkaRaftServer.initializeLogDirs(config, LOG, "");
    metrics = Server.initializeMetrics(config, Time.SYSTEM, stored._1().clusterId().orElseThrow());
    var controllerAddress = new InetSocketAddress(LoopbackPorts.HOST, ports.controllerPort());
    var shared =
        new SharedServer(
            config,
            stored._1(),
            Time.SYSTEM,
            metrics,
            CompletableFuture.completedFuture(Map.of(BrokerSettings.NODE_ID, controllerAddress)),
            List.of(),
            new BrokerFaults(),
            ports);
    broker = new BrokerServer(shared);
    controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), stored._2());
  }

  /** Returns when the broker takes requests. */
  void start() {
    controller.startup();
    broker.startup();
  }

  /** Stops what was started; a part that fails to stop is logged, and the others are stopped. */
  void stop() {
    // With the mark on the thread, Kafka's own waits would end at once and leave parts running.
    boolean interrupted = Thread.interrupted();
    quietly("broker", () -> broker.shutdown(LONGEST_STOP));
    quietly("controller", controller::shutdown);
    quietly("broker", broker::awaitShutdown);
    quietly("controller", controller::awaitShutdown);
    quietly("metrics", metrics::close);
    if (interrupted) Thread.currentThread().interrupt();
  }

  private static void format(Path directory) throws Exception {
    try (var silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(silent)
          .setNodeId(BrokerSettings.NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
          .addDirectory(directory.toString())
          .setMetadataLogDirectory(directory.toString())
          .run();
    }
  }

  private static Properties properties(Map<String, String> settings) {
    var properties = new Properties();
    properties.putAll(settings);
    return properties;
  }

  private static void quietly(String part, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.warn("broker_stop_failed part={} reason={}", part, e.toString());
    }
  }
}
