package io.livemind.integration.chaos.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One of several brokers, which are controllers as well, as a process of its own: three replicas of
 * everything, two of which must have a record before it is acknowledged.
 *
 * <p>Arguments: number from 0, directory, then the broker's and the controller's port of each node.
 */
public final class BrokerMain {
  /** Of every cluster of the harness. */
  private static final String CLUSTER_ID = "Y2hhb3MtaGFybmVzcy0xMg";

  private BrokerMain() {}

  public static void main(String[] arguments) throws Exception {
    if (System.in.read() < 0) return;
    int number = Integer.parseInt(arguments[0]);
    Path directory = Path.of(arguments[1]);
    int[] ports = new int[arguments.length - 2];
    for (int i = 0; i < ports.length; i++) ports[i] = Integer.parseInt(arguments[i + 2]);
    if (!Files.exists(directory.resolve("meta.properties"))) format(number, directory);
    var server =
        new KafkaRaftServer(
            KafkaConfig.fromProps(properties(number, directory, ports)), Time.SYSTEM);
    server.startup();
    System.out.println("ready");
    server.awaitShutdown();
  }

  private static Properties properties(int number, Path directory, int[] ports) {
    var settings = new Properties();
    String broker = "BROKER://127.0.0.1:" + ports[2 * number];
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(number));
    settings.put("log.dirs", directory.toString());
    settings.put("listeners", broker + ",CONTROLLER://127.0.0.1:" + ports[2 * number + 1]);
    settings.put("advertised.listeners", broker);
    settings.put("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", "BROKER");
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put(
        "controller.quorum.voters",
        IntStream.range(0, ports.length / 2)
            .mapToObj(node -> node + "@127.0.0.1:" + ports[2 * node + 1])
            .collect(Collectors.joining(",")));
    String copies = Integer.toString(Math.min(3, ports.length / 2));
    String inSync = Integer.toString(Math.min(2, ports.length / 2));
    for (String topic : new String[] {"offsets.topic", "transaction.state.log"}) {
      settings.put(topic + ".replication.factor", copies);
      settings.put(topic + ".num.partitions", "2");
    }
    settings.put("transaction.state.log.min.isr", inSync);
    settings.put("share.coordinator.state.topic.replication.factor", copies);
    settings.put("share.coordinator.state.topic.min.isr", inSync);
    settings.put("share.coordinator.state.topic.num.partitions", "2");
    settings.put("default.replication.factor", copies);
    settings.put("min.insync.replicas", inSync);
    settings.put("auto.create.topics.enable", "false");
    settings.put("group.initial.rebalance.delay.ms", "0");
    // A dead broker is noticed sooner than by the default of nine seconds.
    settings.put("broker.session.timeout.ms", "3000");
    settings.put("broker.heartbeat.interval.ms", "500");
    settings.put("group.share.min.heartbeat.interval.ms", "500");
    settings.put("group.share.heartbeat.interval.ms", "500");
    settings.put("log.cleaner.dedupe.buffer.size", "8388608");
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    return settings;
  }

  private static void format(int number, Path directory) throws Exception {
    Files.createDirectories(directory);
    try (var silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(silent)
          .setNodeId(number)
          .setClusterId(CLUSTER_ID)
          .setControllerListenerName("CONTROLLER")
          .addDirectory(directory.toString())
          .setMetadataLogDirectory(directory.toString())
          .run();
    } catch (IOException e) {
      throw new IllegalStateException("the log cannot be formatted in " + directory, e);
    }
  }
}
