package io.livemind.cli.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two ports on loopback that are bound before the broker is told of them, since the quorum's voters
 * must be named before the start. A port that is merely found free can be taken in the meantime;
 * these cannot.
 */
final class LoopbackPorts implements ServerSocketFactory, AutoCloseable {
  static final String HOST = "127.0.0.1";
  private static final Logger LOG = LoggerFactory.getLogger(LoopbackPorts.class);
  private static final int BACKLOG = 50;

  private final ServerSocketChannel broker;
  private final ServerSocketChannel controller;

  private LoopbackPorts(ServerSocketChannel broker, ServerSocketChannel controller) {
    this.broker = broker;
    this.controller = controller;
  }

  /**
   * Binds a port for the broker and one for the controller.
   *
   * @throws IOException if this machine has no loopback address or no port left
   */
  static LoopbackPorts bind() throws IOException {
    ServerSocketChannel broker = bindOne();
    try {
      return new LoopbackPorts(broker, bindOne());
    } catch (IOException e) {
      broker.close();
      throw e;
    }
  }

  int brokerPort() {
    return broker.socket().getLocalPort();
  }

  int controllerPort() {
    return controller.socket().getLocalPort();
  }

  /** Hands a bound port over; the broker closes it. */
  @Override
  public ServerSocketChannel openServerSocket(
      String listener, InetSocketAddress address, int backlog, int receiveBufferSize) {
    return switch (listener) {
      case BrokerSettings.BROKER_LISTENER -> broker;
      case BrokerSettings.CONTROLLER_LISTENER -> controller;
      default -> throw new IllegalArgumentException("no port for the listener " + listener);
    };
  }

  /** Gives up both; may be called again, and after the broker has closed them. */
  @Override
  public void close() {
    close(broker);
    close(controller);
  }

  private static void close(ServerSocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("port_not_closed reason={}", e.toString());
    }
  }

  private static ServerSocketChannel bindOne() throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    channel.configureBlocking(false);
    return channel.bind(new InetSocketAddress(HOST, 0), BACKLOG);
  }
}
