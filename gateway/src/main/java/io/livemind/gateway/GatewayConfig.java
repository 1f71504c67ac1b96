package io.livemind.gateway;

import io.livemind.gateway.handle.HandleKey;
import io.livemind.schemas.avro.Mode;
import io.livemind.schemas.avro.SessionOptions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a gateway runs.
 *
 * @param name of this gateway among those of the deployment, for logs; also picks its partitions of
 *     {@code answers}
 * @param host address that it listens on
 * @param port that it listens on; 0 takes any free one
 * @param ownPartitions partitions of {@code answers} that it puts new sessions into, or all if
 *     there are fewer
 * @param kafka connection settings of the clients, {@code bootstrap.servers} at least
 * @param auth who may use it
 * @param handleKeys that sign handles; the first signs, all are accepted
 * @param limits what one client may ask
 * @param models what a client may ask for by name, and how its turns are then thought about; the
 *     first is the default
 * @param samples prompts that the page offers to type, one at least
 * @param allowedHosts names in the Host header, without port
 * @param allowedOrigins whole origins, such as {@code https://chat.example.org}, that may ask from
 *     a browser besides the page itself
 * @param trustedProxies who is believed when it names the address that a request came from
 */
public record GatewayConfig(
    String name,
    String host,
    int port,
    int ownPartitions,
    Map<String, Object> kafka,
    Auth auth,
    List<HandleKey> handleKeys,
    Limits limits,
    Map<String, SessionOptions> models,
    List<String> samples,
    Set<String> allowedHosts,
    Set<String> allowedOrigins,
    TrustedProxies trustedProxies) {
  private static final int HIGHEST_PORT = 65_535;
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  /** Spreads a gateway's load over the brokers, and leaves most partitions to other gateways. */
  private static final int OWN_PARTITIONS = 8;

  /** Prompts that anybody can type; enough sentences to think along. */
  public static final List<String> SAMPLES =
      List.of(
          "A train leaves Basel at nine and runs at 120 kilometres an hour. A second one leaves"
              + " Freiburg, 60 kilometres to the north, half an hour later, and runs the same way"
              + " at 160. Both are on time. After how many minutes does the second train catch up"
              + " with the first?",
          "We are five friends and rent a house for a week. It costs 1400 euros. One of us stays"
              + " only for four nights, another brings his dog, for which the owner takes 70 euros"
              + " more. We want to share fairly. What does each of us pay?");

  public GatewayConfig {
    kafka = Map.copyOf(kafka);
    handleKeys = List.copyOf(handleKeys);
    samples = List.copyOf(samples);
    allowedHosts = Set.copyOf(allowedHosts);
    allowedOrigins = Set.copyOf(allowedOrigins);
    models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
    check(!name.isBlank(), "gateway.name must not be empty: name this gateway for its logs");
    checkPort("gateway.port", port);
    check(ownPartitions >= 1, "gateway.own-partitions must be 1 at least, but is " + ownPartitions);
    check(
        !(auth instanceof Auth.None) || LOOPBACK.contains(host),
        "gateway.auth none is allowed on loopback only, but gateway.host is "
            + host
            + ": listen on 127.0.0.1, or give out API keys");
    check(!handleKeys.isEmpty(), "gateway.handle-keys must name at least one key");
    check(!models.isEmpty(), "gateway.models must name at least one model");
    check(!samples.isEmpty(), "gateway.samples must hold at least one prompt");
    check(
        !allowedHosts.isEmpty(),
        "gateway.allowed-hosts must name the hosts that clients ask for, without port");
  }

  /** On loopback, without authentication, with keys that end with the process. */
  public static GatewayConfig local(int port, Map<String, Object> kafka) {
    return new GatewayConfig(
        "gateway-0",
        "127.0.0.1",
        port,
        OWN_PARTITIONS,
        kafka,
        new Auth.None(),
        List.of(HandleKey.random()),
        Limits.DEFAULT,
        defaultModels(),
        SAMPLES,
        Set.of("localhost", "127.0.0.1", "[::1]"),
        Set.of(),
        TrustedProxies.NONE);
  }

  /** The same with other models. */
  public GatewayConfig withModels(Map<String, SessionOptions> newModels) {
    return new GatewayConfig(
        name,
        host,
        port,
        ownPartitions,
        kafka,
        auth,
        handleKeys,
        limits,
        newModels,
        samples,
        allowedHosts,
        allowedOrigins,
        trustedProxies);
  }

  /** The same with other prompts to type. */
  public GatewayConfig withSamples(List<String> newSamples) {
    return new GatewayConfig(
        name,
        host,
        port,
        ownPartitions,
        kafka,
        auth,
        handleKeys,
        limits,
        models,
        newSamples,
        allowedHosts,
        allowedOrigins,
        trustedProxies);
  }

  /**
   * Live with one model, live with a large one that thinks and a small one that answers, and not.
   */
  public static Map<String, SessionOptions> defaultModels() {
    var models = new LinkedHashMap<String, SessionOptions>();
    models.put("livemind", SessionOptions.newBuilder().build());
    models.put(
        "livemind-collaborative", SessionOptions.newBuilder().setOutputModel("small").build());
    models.put("conventional", SessionOptions.newBuilder().setMode(Mode.CONVENTIONAL).build());
    return models;
  }

  private static void checkPort(String key, int port) {
    check(
        port >= 0 && port <= HIGHEST_PORT,
        key + " must lie between 0 and 65535, but is " + port + ": 0 takes any free one");
  }

  private static void check(boolean holds, String message) {
    if (!holds) throw new IllegalArgumentException(message);
  }
}
