package io.livemind.integration.chaos.process;

import java.util.Arrays;

/**
 * Where one broker listens on loopback.
 *
 * @param direct for clients and other brokers
 * @param controller of the quorum
 * @param cabled the broker's end of the cable
 * @param cable the clients' end of the cable, which the broker tells them
 */
record BrokerPorts(int direct, int controller, int cabled, int cable) {

  /** As an argument of {@link BrokerMain}. */
  String text() {
    return direct + ":" + controller + ":" + cabled + ":" + cable;
  }

  static BrokerPorts of(String text) {
    int[] ports = Arrays.stream(text.split(":")).mapToInt(Integer::parseInt).toArray();
    return new BrokerPorts(ports[0], ports[1], ports[2], ports[3]);
  }
}
