package io.livemind.gateway;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import io.livemind.gateway.handle.Owner;
import io.livemind.gateway.handle.Signature;
import io.livemind.gateway.problem.Problem;
import io.livemind.gateway.problem.ProblemCode;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Who may come in, and from where: the Host header is one that we have, a page of another origin
 * asks for nothing, and a key or a cookie tells the user.
 *
 * <p>Threading: any thread.
 */
final class Doorkeeper {
  /** The browser's proof of a sign-in. */
  static final String COOKIE = "livemind";

  private static final String BEARER = "Bearer ";
  private static final String PURPOSE = "cookie";
  private static final Duration SIGNED_IN = Duration.ofHours(12);
  private static final int COOKIE_LENGTH = 32 + Long.BYTES;

  private final GatewayConfig config;
  private final Signature signature;
  private final LongSupplier clock;

  /**
   * @param clock milliseconds since the epoch
   */
  Doorkeeper(GatewayConfig config, Signature signature, LongSupplier clock) {
    this.config = config;
    this.signature = signature;
    this.clock = clock;
  }

  /** Host and origin; every request passes here. */
  void checkPlace(Context request) {
    String host = String.valueOf(request.header("Host")).toLowerCase(Locale.ROOT);
    if (!config.allowedHosts().contains(withoutPort(host)))
      throw Problem.of(
          ProblemCode.FORBIDDEN_HOST, "This gateway is not known by the name in the Host header.");
    String origin = request.header("Origin");
    if (origin == null || isSame(origin, host)) return;
    if (!config.allowedOrigins().contains(origin))
      throw Problem.of(
          ProblemCode.FORBIDDEN_ORIGIN, "Pages of this origin may not use the gateway.");
    request
        .header("Access-Control-Allow-Origin", origin)
        .header("Access-Control-Allow-Headers", "Authorization, Content-Type, Last-Event-ID")
        .header("Access-Control-Allow-Methods", "GET, POST, DELETE")
        .header("Vary", "Origin");
  }

  /** Whose request it is. */
  Owner owner(Context request) {
    return switch (config.auth()) {
      case Auth.None _ -> Owner.NOBODY;
      case Auth.ApiKeys keys ->
          bearer(request)
              .flatMap(keys::owner)
              .or(() -> signedIn(request))
              .orElseThrow(
                  () ->
                      Problem.of(
                          ProblemCode.UNAUTHENTICATED,
                          "Send an API key as a bearer token, or sign in."));
    };
  }

  /** Whether a user must show who it is. */
  boolean asksWho() {
    return config.auth() instanceof Auth.ApiKeys;
  }

  /** Gives a browser a cookie for its key: a script cannot read it, another site cannot use it. */
  void signIn(Context request) {
    Owner owner = owner(request);
    ByteBuffer data = ByteBuffer.allocate(COOKIE_LENGTH);
    data.put(owner.digest().getBytes(StandardCharsets.US_ASCII));
    data.putLong(clock.getAsLong() + SIGNED_IN.toMillis());
    boolean secure = String.valueOf(request.header("Origin")).startsWith("https:");
    request.cookie(
        new Cookie(
            COOKIE,
            signature.sign(PURPOSE, "", data.array()),
            "/",
            (int) SIGNED_IN.toSeconds(),
            secure,
            true,
            null,
            SameSite.STRICT));
  }

  private Optional<Owner> signedIn(Context request) {
    return Optional.ofNullable(request.cookie(COOKIE))
        .flatMap(cookie -> signature.verify(PURPOSE, "", cookie))
        .filter(data -> data.length == COOKIE_LENGTH)
        .filter(data -> ByteBuffer.wrap(data).getLong(32) > clock.getAsLong())
        .map(data -> new Owner(new String(data, 0, 32, StandardCharsets.US_ASCII)));
  }

  private static Optional<String> bearer(Context request) {
    String header = request.header("Authorization");
    if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
      return Optional.empty();
    return Optional.of(header.substring(BEARER.length()).strip());
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }

  private static boolean isSame(String origin, String host) {
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority != null && authority.toLowerCase(Locale.ROOT).equals(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
