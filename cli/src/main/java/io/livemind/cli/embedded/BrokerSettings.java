package io.livemind.cli.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Properties of the embedded broker: one node, no replicas, and no wait that a laptop can spare.
 */
final class BrokerSettings {
  /** The only node. */
  static final int NODE_ID = 1;

  static final String BROKER_LISTENER = "BROKER";
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private static final Map<String, String> FIXED = fixed();

  private BrokerSettings() {}

  /**
   * The properties of a broker and controller in one.
   *
   * @param directory of the log, formatted
   */
  static Map<String, String> of(Path directory, int brokerPort, int controllerPort) {
    String broker = BROKER_LISTENER + "://" + LoopbackPorts.HOST + ":" + brokerPort;
    String controller = CONTROLLER_LISTENER + "://" + LoopbackPorts.HOST + ":" + controllerPort;
    var settings = new HashMap<>(FIXED);
    settings.put("log.dirs", directory.toString());
    settings.put("listeners", broker + "," + controller);
    settings.put("advertised.listeners", broker);
    settings.put(
        "controller.quorum.voters", NODE_ID + "@" + LoopbackPorts.HOST + ":" + controllerPort);
    return Map.copyOf(settings);
  }

  private static Map<String, String> fixed() {
    var settings = new HashMap<String, String>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put(
        "listener.security.protocol.map",
        BROKER_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
    settings.put("inter.broker.listener.name", BROKER_LISTENER);
    settings.put("controller.listener.names", CONTROLLER_LISTENER);
    settings.put("auto.create.topics.enable", "false");
    settings.put("controlled.shutdown.enable", "false");
    internalTopics(settings);
    groups(settings);
    threadsAndMemory(settings);
    return Map.copyOf(settings);
  }

  /** One partition and no replica each; a share group never works with the default of three. */
  private static void internalTopics(Map<String, String> settings) {
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
  }

  /** Joining a group waits for a heartbeat, which is 5 s by default. */
  private static void groups(Map<String, String> settings) {
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("group.streams.initial.rebalance.delay.ms", "0");
    for (String kind : new String[] {"consumer", "share", "streams"}) {
      settings.put("group." + kind + ".min.heartbeat.interval.ms", "200");
      settings.put("group." + kind + ".heartbeat.interval.ms", "200");
    }
    settings.put("group.share.assignment.interval.ms", "0");
    settings.put("group.streams.assignment.interval.ms", "0");
    settings.put("group.share.max.size", "1000");
    settings.put("group.share.max.partition.max.record.locks", "10000");
    settings.put("group.share.partition.max.record.locks", "10000");
    settings.put("group.share.min.record.lock.duration.ms", "1000");
    settings.put("group.share.max.record.lock.duration.ms", "600000");
  }

  /** The cleaner's buffer alone is 128 MB of heap by default. */
  private static void threadsAndMemory(Map<String, String> settings) {
    settings.put("group.coordinator.threads", "1");
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("background.threads", "2");
    settings.put("log.cleaner.dedupe.buffer.size", "8388608");
    settings.put("log.cleaner.threads", "1");
    settings.put("log.index.size.max.bytes", "1048576");
  }
}
