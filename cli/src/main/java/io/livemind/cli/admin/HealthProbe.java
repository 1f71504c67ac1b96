package io.livemind.cli.admin;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Asks the admin port of this container whether the role is ready; the image's health check. Uses
 * little of the JVM, because it is started every few seconds.
 */
public final class HealthProbe {
  private static final String USUAL_PORT = "9464";
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final String USUAL_PATH = "/readyz";
  private static final byte[] OK = " 200 ".getBytes(StandardCharsets.US_ASCII);

  /** What stands before the status: {@code HTTP/1.1}. */
  private static final int PROTOCOL_LENGTH = 8;

  private HealthProbe() {}

  /**
   * Ends with 0 if the role is ready, else with 1.
   *
   * @param arguments port and path, if they are not the usual ones
   */
  public static void main(String[] arguments) {
    String port =
        arguments.length > 0
            ? arguments[0]
            : System.getenv().getOrDefault("LIVEMIND_ADMIN_PORT", USUAL_PORT);
    String path = arguments.length > 1 ? arguments[1] : USUAL_PATH;
    System.exit(isReady(Integer.parseInt(port), path) ? 0 : 1);
  }

  static boolean isReady(int port, String path) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] start = socket.getInputStream().readNBytes(PROTOCOL_LENGTH + OK.length);
      return Arrays.equals(start, PROTOCOL_LENGTH, start.length, OK, 0, OK.length);
    } catch (IOException unreachable) {
      return false;
    }
  }
}
