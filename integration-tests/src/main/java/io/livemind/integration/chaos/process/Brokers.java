package io.livemind.integration.chaos.process;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;

/**
 * Brokers in processes of their own, which can be killed. Each can be reached directly, and over a
 * cable that can be cut.
 *
 * <p>Threading: one thread.
 */
public final class Brokers implements AutoCloseable {
  /** What a broker writes last, and takes away when it starts. */
  private static final String CLOSED_LOG = ".kafka_cleanshutdown";

  private static final Duration LONGEST_CATCH_UP = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final List<RoleProcess> processes = new ArrayList<>();
  private final List<BrokerPorts> ports = new ArrayList<>();
  private final List<TcpProxy> cables = new ArrayList<>();
  private final Path directory;
  private final Path log;

  private Brokers(Path directory, Path log) {
    this.directory = directory;
    this.log = log;
  }

  /**
   * Starts one broker or several.
   *
   * @param directory below which they keep their logs of records
   * @param log where what they print is added
   */
  public static Brokers start(int count, Path directory, Path log) {
    var brokers = new Brokers(directory, log);
    for (int i = 0; i < count; i++) {
      int cabled = FixedPorts.next();
      var cable = TcpProxy.to(new InetSocketAddress("127.0.0.1", cabled));
      brokers.cables.add(cable);
      brokers.ports.add(
          new BrokerPorts(FixedPorts.next(), FixedPorts.next(), cabled, cable.port()));
    }
    for (int i = 0; i < count; i++) brokers.processes.add(brokers.prepare(i).begin());
    brokers.processes.forEach(RoleProcess::awaitReady);
    return brokers;
  }

  /** A broker whose JVM is up, and which has not begun, with the log and the ports of this one. */
  public RoleProcess prepare(int broker) {
    List<String> arguments = new ArrayList<>();
    arguments.add(Integer.toString(broker));
    arguments.add(logOf(broker).toString());
    ports.forEach(each -> arguments.add(each.text()));
    return RoleProcess.prepareBroker(log, arguments.toArray(String[]::new));
  }

  /**
   * Asks a broker to stop, and returns when it has.
   *
   * @throws IllegalStateException if it has not closed its log, as one that was killed
   */
  public void stop(int broker) {
    processes.get(broker).stop();
    if (!Files.exists(logOf(broker).resolve(CLOSED_LOG))) {
      throw new IllegalStateException("broker " + broker + " has not stopped in order");
    }
  }

  /**
   * Returns when each broker has all records of its partitions.
   *
   * @throws IllegalStateException if one lacks some after two minutes
   */
  public void awaitAllInSync() throws InterruptedException {
    long begunNanos = System.nanoTime();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      while (!allInSync(admin)) {
        if (System.nanoTime() - begunNanos > LONGEST_CATCH_UP.toNanos())
          throw new IllegalStateException("a broker that came back lacks records");
        Thread.sleep(BETWEEN_LOOKS);
      }
    }
  }

  private static boolean allInSync(Admin admin) throws InterruptedException {
    try {
      var names = admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
      return admin.describeTopics(names).allTopicNames().get().values().stream()
          .flatMap(topic -> topic.partitions().stream())
          .allMatch(partition -> partition.isr().size() == partition.replicas().size());
    } catch (ExecutionException notYet) {
      return false;
    }
  }

  private Path logOf(int broker) {
    return directory.resolve("broker-" + broker);
  }

  /** Those that can be killed. */
  public List<RoleProcess> processes() {
    return processes;
  }

  /** Copies of each partition. */
  public short replicas() {
    return (short) Math.clamp(processes.size(), 1, 3);
  }

  /** Where clients connect. */
  public String bootstrapServers() {
    return servers(ports.stream().map(BrokerPorts::direct).toList());
  }

  /** Where clients connect whose cable can be cut. */
  public String cabledServers() {
    return servers(cables.stream().map(TcpProxy::port).toList());
  }

  /** From now on all cables have this fault. */
  public void setCables(TcpProxy.Fault fault) {
    cables.forEach(cable -> cable.set(fault));
  }

  private static String servers(List<Integer> ports) {
    return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  @Override
  public void close() {
    processes.forEach(RoleProcess::close);
    cables.forEach(TcpProxy::close);
  }
}
