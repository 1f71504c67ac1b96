package io.livemind.benchmarks.harness;

import java.io.IOException;
import java.net.ServerSocket;

/** A port for a process that is started with it. */
public final class FreePort {
  private FreePort() {}

  /** One that nobody has at this moment. */
  public static int now() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
