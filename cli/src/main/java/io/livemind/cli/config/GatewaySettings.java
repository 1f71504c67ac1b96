package io.livemind.cli.config;

import static io.livemind.cli.config.GatewayKeys.*;

import io.livemind.gateway.Auth;
import io.livemind.gateway.GatewayConfig;
import io.livemind.gateway.Limits;
import io.livemind.gateway.TrustedProxies;
import io.livemind.gateway.handle.HandleKey;
import io.livemind.schemas.avro.SessionOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** From settings to a gateway's configuration. */
public final class GatewaySettings {
  private GatewaySettings() {}

  /**
   * The configuration of a gateway.
   *
   * @throws ConfigurationException if a value is wrong or missing
   */
  public static GatewayConfig of(Settings settings) {
    return of(settings, UnaryOperator.identity());
  }

  /** The same with a changed connection to Kafka. */
  public static GatewayConfig of(Settings settings, UnaryOperator<Map<String, Object>> connection) {
    Auth auth = settings.checked(() -> auth(settings));
    return settings.checked(
        () ->
            new GatewayConfig(
                settings.find(NAME).orElseGet(InstanceName::unique),
                settings.get(HOST),
                settings.get(PORT),
                settings.get(OWN_PARTITIONS),
                connection.apply(KafkaSettings.of(settings)),
                auth,
                handleKeys(settings, auth),
                limits(settings),
                models(settings),
                GatewayConfig.SAMPLES,
                Set.copyOf(settings.get(ALLOWED_HOSTS)),
                Set.copyOf(settings.get(ALLOWED_ORIGINS)),
                TrustedProxies.of(settings.get(TRUSTED_PROXIES))));
  }

  private static Auth auth(Settings settings) {
    return switch (settings.get(AUTH)) {
      case NONE -> new Auth.None();
      case API_KEYS -> {
        Map<String, String> users = new LinkedHashMap<>();
        for (String user : settings.namesUnder(API_KEYS))
          users.put(settings.get(API_KEY.at(user)), user);
        yield new Auth.ApiKeys(users);
      }
      case TOKENS ->
          new Auth.Tokens(
              settings.get(TOKEN_KEYS),
              settings.get(TOKEN_ISSUER),
              settings.get(TOKEN_AUDIENCE),
              Set.copyOf(settings.get(TOKEN_ALGORITHMS)));
    };
  }

  private static List<HandleKey> handleKeys(Settings settings, Auth auth) {
    Optional<List<String>> given = settings.find(HANDLE_KEYS);
    if (given.isEmpty() && auth instanceof Auth.None) return List.of(HandleKey.random());
    return given
        .orElseThrow(() -> settings.missing(HANDLE_KEYS.name(), HANDLE_KEYS.sentence()))
        .stream()
        .map(HandleKey::ofHex)
        .toList();
  }

  private static Limits limits(Settings settings) {
    return new Limits(
        settings.get(MESSAGE_BYTES),
        settings.get(FRAGMENT_LENGTH),
        settings.get(FRAGMENTS_PER_SECOND),
        settings.get(SESSIONS_PER_MINUTE),
        settings.get(CONNECTIONS_PER_ADDRESS),
        settings.get(QUEUED_EVENTS),
        settings.find(TOKENS_PER_USER_AND_DAY).stream().mapToLong(Integer::longValue).findFirst(),
        settings.get(CHAT_DEADLINE));
  }

  private static Map<String, SessionOptions> models(Settings settings) {
    Set<String> names = settings.namesUnder(MODELS);
    if (names.isEmpty()) return GatewayConfig.defaultModels();
    Map<String, SessionOptions> models = new LinkedHashMap<>();
    for (String name : names) models.put(name, SessionOptionKeys.read(settings, name));
    return models;
  }
}
