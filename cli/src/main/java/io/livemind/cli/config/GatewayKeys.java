package io.livemind.cli.config;

import io.livemind.gateway.GatewayConfig;
import io.livemind.gateway.Limits;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a gateway can be told. */
final class GatewayKeys {
  static final String MODELS = "gateway.models";
  static final String API_KEYS = "gateway.auth.api-keys";

  private static final GatewayConfig USUAL =
      GatewayConfig.local(8080, Map.of("bootstrap.servers", "-"));
  private static final Limits LIMITS = Limits.DEFAULT;

  /** Who may use a gateway. */
  enum AuthKind {
    NONE,
    API_KEYS,
    TOKENS
  }

  static final Key<String> NAME =
      Key.without(
          "gateway.name",
          Kind.TEXT,
          "Names this gateway among those of the deployment. Without it: the host's name and a"
              + " random end.");

  static final Key<String> HOST =
      Key.of("gateway.host", Kind.TEXT, USUAL.host(), "Address that it listens on.");

  static final Key<Integer> PORT =
      Key.integer("gateway.port", USUAL.port(), "Port that it listens on; 0 takes any free one.");

  static final Key<AuthKind> AUTH =
      Key.choice(
          "gateway.auth.kind",
          AuthKind.class,
          AuthKind.NONE,
          "Who may use it; none is allowed on loopback only.");

  static final Key<String> API_KEY =
      Key.secret(
          API_KEYS + ".*",
          Kind.TEXT,
          "The API key of the user of this name, 16 characters at least. Take it from the"
              + " environment.");

  static final Key<URI> TOKEN_KEYS =
      Key.without(
          "gateway.auth.tokens.keys",
          Kind.URL,
          "Where the issuer's public keys are, a set of JWKs; looked at again when a token names a"
              + " key that is not known. With auth tokens.");

  static final Key<String> TOKEN_ISSUER =
      Key.without(
          "gateway.auth.tokens.issuer",
          Kind.TEXT,
          "Must stand in a token (`iss`). With auth tokens.");

  static final Key<String> TOKEN_AUDIENCE =
      Key.without(
          "gateway.auth.tokens.audience",
          Kind.TEXT,
          "Must stand in a token (`aud`). With auth tokens.");

  static final Key<List<String>> TOKEN_ALGORITHMS =
      Key.of(
          "gateway.auth.tokens.algorithms",
          Kind.LIST,
          "ES256, RS256",
          "That a token may be signed with; none that share a secret.");

  static final Key<List<String>> HANDLE_KEYS =
      Key.secret(
          "gateway.handle-keys",
          Kind.LIST,
          "Secrets that sign handles, each 64 hexadecimal digits at least (`openssl rand -hex 32`);"
              + " the first signs, all are accepted. The same at all gateways. May be left out with"
              + " auth none: handles then end with the process.");

  static final Key<Integer> OWN_PARTITIONS =
      Key.integer(
          "gateway.own-partitions",
          USUAL.ownPartitions(),
          "How many partitions of `answers`, picked by its name, this gateway puts new sessions"
              + " into; it reads them always, others while it has clients there.");

  static final Key<List<String>> ALLOWED_HOSTS =
      Key.of(
          "gateway.allowed-hosts",
          Kind.LIST,
          String.join(", ", new TreeSet<>(USUAL.allowedHosts())),
          "Names that clients may ask for in the Host header, without port.");

  static final Key<List<String>> ALLOWED_ORIGINS =
      Key.of(
          "gateway.allowed-origins",
          Kind.LIST,
          String.join(", ", new TreeSet<>(USUAL.allowedOrigins())),
          "Whole origins, such as `https://chat.example.org`, that may ask from a browser besides"
              + " the page itself.");

  static final Key<List<String>> TRUSTED_PROXIES =
      Key.of(
          "gateway.trusted-proxies",
          Kind.LIST,
          "",
          "Addresses and blocks, such as `10.0.0.0/8`, of load balancers before it: the last of"
              + " `X-Forwarded-For` that is none of them is the address that"
              + " `connections-per-address` counts. None but them may be able to connect from there.");

  static final Key<Integer> MESSAGE_BYTES =
      Key.integer(
          "gateway.limits.message-bytes",
          LIMITS.messageBytes(),
          "Of a request body or a WebSocket message; more is 413, or close code 1009.");

  static final Key<Integer> FRAGMENT_LENGTH =
      Key.integer(
          "gateway.limits.fragment-length",
          LIMITS.fragmentLength(),
          "UTF-16 units of text in one fragment; more is 413.");

  static final Key<Integer> FRAGMENTS_PER_SECOND =
      Key.integer(
          "gateway.limits.fragments-per-second",
          LIMITS.fragmentsPerSecond(),
          "Of a session, with four seconds' worth at once; more is 429.");

  static final Key<Integer> SESSIONS_PER_MINUTE =
      Key.integer(
          "gateway.limits.sessions-per-minute",
          LIMITS.sessionsPerMinute(),
          "That a user may open; more is 429.");

  static final Key<Integer> CONNECTIONS_PER_ADDRESS =
      Key.integer(
          "gateway.limits.connections-per-address",
          LIMITS.connectionsPerAddress(),
          "Open streams and WebSockets of one network address; more is 429.");

  static final Key<Integer> QUEUED_EVENTS =
      Key.integer(
          "gateway.limits.queued-events",
          LIMITS.queuedEvents(),
          "That may wait for a client that reads slowly; more ends it as `slow`.");

  static final Key<Integer> TOKENS_PER_USER_AND_DAY =
      Key.without(
          "gateway.limits.tokens-per-user-and-day",
          Kind.INTEGER,
          "That the calls of a user's sessions may take from midnight to midnight UTC; more is 429."
              + " Told when a turn ends: what runs at the moment comes on top. Without it: no limit.");

  static final Key<Duration> CHAT_DEADLINE =
      Key.duration(
          "gateway.limits.chat-deadline",
          LIMITS.chatDeadline(),
          "From the start of a chat completion to its end; then it has failed.");

  private static final List<Key<?>> OWN =
      List.of(
          NAME,
          HOST,
          PORT,
          AUTH,
          API_KEY,
          TOKEN_KEYS,
          TOKEN_ISSUER,
          TOKEN_AUDIENCE,
          TOKEN_ALGORITHMS,
          HANDLE_KEYS,
          OWN_PARTITIONS,
          ALLOWED_HOSTS,
          ALLOWED_ORIGINS,
          TRUSTED_PROXIES,
          MESSAGE_BYTES,
          FRAGMENT_LENGTH,
          FRAGMENTS_PER_SECOND,
          SESSIONS_PER_MINUTE,
          CONNECTIONS_PER_ADDRESS,
          QUEUED_EVENTS,
          TOKENS_PER_USER_AND_DAY,
          CHAT_DEADLINE);

  static final List<Key<?>> ALL =
      Stream.of(OWN, SessionOptionKeys.ALL).flatMap(List::stream).toList();

  private GatewayKeys() {}
}
