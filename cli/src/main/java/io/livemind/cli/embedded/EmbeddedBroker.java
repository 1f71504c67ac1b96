package io.livemind.cli.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker in this JVM: KRaft, broker and controller in one, on loopback, its log in a
 * temporary directory that goes when it is closed, or with the JVM.
 *
 * <p>A cold JVM takes 2 to 4 s to start it, a warm one about 0.3 s. The classes behind it are
 * internal to Kafka: the version is pinned, and a test sends records through it.
 *
 * <p>Threading: {@link #close} may be called by any thread, and again.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

  private final String bootstrapServers;
  private final Path directory;
  private final ClosedAtExit closing;

  private EmbeddedBroker(String bootstrapServers, Path directory, ClosedAtExit closing) {
    this.bootstrapServers = bootstrapServers;
    this.directory = directory;
    this.closing = closing;
  }

  /**
   * Starts a broker and returns when it takes requests.
   *
   * @throws BrokerStartException if it does not start; nothing is left behind then
   */
  public static EmbeddedBroker start() {
    return start(Map.of());
  }

  /** The same with Kafka settings of one's own: shorter times, an authorizer. */
  public static EmbeddedBroker start(Map<String, String> settings) {
    return start(settings, ClosedAtExit.USUAL_OWNERS_TIME);
  }

  /**
   * The same for an owner who needs more time to close what must be closed before.
   *
   * @param ownersTime how long the JVM's end waits for the owner before it closes the broker
   */
  static EmbeddedBroker start(Map<String, String> settings, Duration ownersTime) {
    long begun = System.nanoTime();
    ScratchDirectory directory = ScratchDirectory.create();
    try {
      EmbeddedBroker broker = startIn(directory, settings, ownersTime);
      LOG.info(
          "broker_started address={} millis={}",
          broker.bootstrapServers,
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
      return broker;
    } catch (Exception e) {
      directory.close();
      throw new BrokerStartException(e);
    }
  }

  private static EmbeddedBroker startIn(
      ScratchDirectory directory, Map<String, String> settings, Duration ownersTime)
      throws Exception {
    LoopbackPorts ports = LoopbackPorts.bind();
    try {
      var node = new BrokerNode(directory.path(), ports, settings);
      var closing =
          ClosedAtExit.of("embedded-broker", ownersTime, () -> stop(node, ports, directory));
      try {
        node.start();
      } catch (RuntimeException e) {
        closing.close();
        throw e;
      }
      String address = LoopbackPorts.HOST + ":" + ports.brokerPort();
      return new EmbeddedBroker(address, directory.path(), closing);
    } catch (Exception e) {
      ports.close();
      throw e;
    }
  }

  /** Where clients connect: {@code 127.0.0.1:PORT}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Of the log; it goes with the broker. */
  public Path directory() {
    return directory;
  }

  /** Stops it and removes its log; takes up to a second. */
  @Override
  public void close() {
    closing.close();
  }

  private static void stop(BrokerNode node, LoopbackPorts ports, ScratchDirectory directory) {
    try {
      node.stop();
    } finally {
      ports.close();
      directory.close();
    }
  }
}
