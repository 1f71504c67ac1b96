package io.livemind.integration.chaos.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports on which children listen, and their successors again. They lie below those that the system
 * gives to connections, one of which might else have a port by the time its child comes for it.
 */
public final class FixedPorts {
  private static final int FIRST = 10_000;
  private static final int END = 30_000;

  private static int next = ThreadLocalRandom.current().nextInt(FIRST, END);

  private FixedPorts() {}

  /** A port that is free now, and is given once. */
  public static synchronized int next() {
    for (int i = FIRST; i < END; i++) {
      int port = next;
      next = next + 1 < END ? next + 1 : FIRST;
      if (isFree(port)) return port;
    }
    throw new IllegalStateException("no port is free between " + FIRST + " and " + END);
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
