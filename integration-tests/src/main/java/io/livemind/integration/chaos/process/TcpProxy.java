package io.livemind.integration.chaos.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A cable between two parties that can be cut, slowed, and made to lose what goes one way. A cut
 * closes what is open and takes nothing new; loss lets connections stand and swallows bytes, as a
 * network does that drops packets.
 *
 * <p>Threading: any thread sets the fault; each connection has two threads.
 */
public final class TcpProxy implements AutoCloseable {
  /** What the cable does to bytes. */
  public enum Fault {
    NONE,
    CUT,
    DELAY,
    LOSE_REQUESTS,
    LOSE_REPLIES
  }

  private static final int BUFFER = 16 * 1024;
  private static final Duration DELAY = Duration.ofMillis(300);

  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile InetSocketAddress target;
  private volatile Fault fault = Fault.NONE;

  private TcpProxy(ServerSocket server, InetSocketAddress target) {
    this.server = server;
    this.target = target;
  }

  /** Listens on a free port of the loopback address. */
  public static TcpProxy to(InetSocketAddress target) {
    try {
      var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      var proxy = new TcpProxy(server, target);
      Thread.ofPlatform().name("tcp-proxy").daemon().start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("no port is free", e);
    }
  }

  /** The port to connect to. */
  public int port() {
    return server.getLocalPort();
  }

  /** New connections go here from now on. */
  public void retarget(InetSocketAddress newTarget) {
    target = newTarget;
  }

  /** From now on the cable has this fault; a cut closes what is open. */
  public void set(Fault newFault) {
    fault = newFault;
    if (newFault == Fault.CUT) open.forEach(TcpProxy::closeQuietly);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (fault == Fault.CUT) closeQuietly(client);
        else Thread.ofVirtual().name("tcp-proxy-connect").start(() -> join(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void join(Socket client) {
    var upstream = new Socket();
    open.add(client);
    open.add(upstream);
    try {
      client.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
      upstream.connect(target);
    } catch (IOException refused) {
      end(client, upstream);
      return;
    }
    Thread.ofVirtual().start(() -> pump(client, upstream, Fault.LOSE_REQUESTS));
    Thread.ofVirtual().start(() -> pump(upstream, client, Fault.LOSE_REPLIES));
  }

  private void pump(Socket from, Socket to, Fault loss) {
    byte[] buffer = new byte[BUFFER];
    try {
      var in = from.getInputStream();
      var out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (fault == loss) continue;
        if (fault == Fault.DELAY) Thread.sleep(DELAY);
        out.write(buffer, 0, n);
        out.flush();
      }
    } catch (IOException closed) {
      // The other direction ends with this one.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end(from, to);
    }
  }

  private void end(Socket one, Socket other) {
    closeQuietly(one);
    closeQuietly(other);
    open.remove(one);
    open.remove(other);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // It is closed, which was wanted.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open.forEach(TcpProxy::closeQuietly);
  }
}
