package io.livemind.cli.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** How a process is named that was given no name. */
final class InstanceName {
  private InstanceName() {}

  /** The host's name and a random end. */
  static String unique() {
    int random = ThreadLocalRandom.current().nextInt();
    return host() + "-" + HexFormat.of().toHexDigits(random, 6);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "host";
    }
  }
}
