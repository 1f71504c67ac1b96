package io.livemind.integration.chaos.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One of one or three brokers, which are controllers as well, as a process of its own. Of three
 * each has everything, and two must have a record before it is acknowledged. Stops in order at
 * SIGTERM.
 *
 * <p>Arguments: number from 0, directory, then the {@link BrokerPorts} of each node.
 */
public final class BrokerMain {
  /** Of every cluster of the harness. */
  private static final String CLUSTER_ID = "Y2hhb3MtaGFybmVzcy0xMg";

  private BrokerMain() {}

  public static void main(String[] arguments) throws Exception {
    if (System.in.read() < 0) return;
    RoleMain.endWithParent();
    int number = Integer.parseInt(arguments[0]);
    Path directory = Path.of(arguments[1]);
    List<BrokerPorts> ports = Arrays.stream(arguments).skip(2).map(BrokerPorts::of).toList();
    if (!Files.exists(directory.resolve("meta.properties"))) format(number, directory);
    var server =
        new KafkaRaftServer(
            KafkaConfig.fromProps(properties(number, directory, ports)), Time.SYSTEM);
    // The broker's own main does it like this: it hands its partitions over, and closes its log.
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("broker-stop").unstarted(server::shutdown));
    server.startup();
    System.out.println("ready");
    server.awaitShutdown();
  }

  private static Properties properties(int number, Path directory, List<BrokerPorts> ports) {
    var settings = new Properties();
    BrokerPorts own = ports.get(number);
    String broker = "BROKER://127.0.0.1:" + own.direct();
    String replicas = Integer.toString(ports.size());
    String enough = Integer.toString(ports.size() / 2 + 1);
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(number));
    settings.put("log.dirs", directory.toString());
    settings.put(
        "listeners",
        broker
            + ",CABLE://127.0.0.1:"
            + own.cabled()
            + ",CONTROLLER://127.0.0.1:"
            + own.controller());
    settings.put("advertised.listeners", broker + ",CABLE://127.0.0.1:" + own.cable());
    settings.put(
        "listener.security.protocol.map", "BROKER:PLAINTEXT,CABLE:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", "BROKER");
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put(
        "controller.quorum.voters",
        IntStream.range(0, ports.size())
            .mapToObj(node -> node + "@127.0.0.1:" + ports.get(node).controller())
            .collect(Collectors.joining(",")));
    for (String topic : new String[] {"offsets.topic", "transaction.state.log"}) {
      settings.put(topic + ".replication.factor", replicas);
      settings.put(topic + ".num.partitions", "2");
    }
    settings.put("transaction.state.log.min.isr", enough);
    settings.put("share.coordinator.state.topic.replication.factor", replicas);
    settings.put("share.coordinator.state.topic.min.isr", enough);
    settings.put("share.coordinator.state.topic.num.partitions", "2");
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
