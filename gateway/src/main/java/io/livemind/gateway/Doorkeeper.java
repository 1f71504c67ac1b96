package io.livemind.gateway;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import io.livemind.gateway.handle.Owner;
import io.livemind.gateway.handle.Signature;
import io.livemind.gateway.problem.Problem;
import io.livemind.gateway.problem.ProblemCode;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in, and from where: the Host header is one that we have, a page of another origin
 * asks for nothing, and a key or a cookie tells the user.
 *
 * <p>Threading: any thread.
 */
final class Doorkeeper {
  /** The browser's proof of a sign-in. */
  static final String COOKIE = "livemind";

  static final String TICKET = "ticket";

  private static final String HEADERS = "Authorization, Content-Type, Last-Event-ID";

  /** RFC 9110: tokens, with commas between them. */
  private static final Pattern HEADER_NAMES =
      Pattern.compile("[\\w!#$%&'*+.^`|~-]+([ \t]*,[ \t]*[\\w!#$%&'*+.^`|~-]+)*+");

  private static final String BEARER = "Bearer ";
  private static final Duration SIGNED_IN = Duration.ofHours(12);

  private final GatewayConfig config;
  private final SignInCookie cookies;
  private final LongSupplier clock;
  private final Tickets tickets;
  private final Optional<TokenCheck> tokens;

  /** Hashes, which a request should not have to wait for. */
  private final List<String> keyProofs;

  /**
   * @param clock milliseconds since the epoch
   */
  Doorkeeper(GatewayConfig config, Signature signature, LongSupplier clock) {
    this.config = config;
    this.cookies = new SignInCookie(signature);
    this.clock = clock;
    this.tickets = new Tickets(clock);
    this.tokens =
        config.auth() instanceof Auth.Tokens wanted
            ? Optional.of(new TokenCheck(wanted, clock))
            : Optional.empty();
    this.keyProofs =
        config.auth() instanceof Auth.ApiKeys keys ? keys.proofs().toList() : List.of();
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
        .header("Access-Control-Allow-Headers", allowedHeaders(request))
        .header("Access-Control-Allow-Methods", "GET, POST, DELETE")
        .header("Access-Control-Expose-Headers", "Retry-After")
        .header("Vary", "Origin, Access-Control-Request-Headers");
  }

  /** What a page of an allowed origin asks for: clients of others have headers of their own. */
  private static String allowedHeaders(Context request) {
    String wanted = request.header("Access-Control-Request-Headers");
    return wanted != null && HEADER_NAMES.matcher(wanted).matches() ? wanted : HEADERS;
  }

  /** The network address that a request counts for. */
  String address(Context request) {
    var forwarded = Collections.list(request.req().getHeaders(TrustedProxies.HEADER));
    return config.trustedProxies().client(request.ip(), forwarded);
  }

  /** Whose request it is. */
  Owner owner(Context request) {
    return caller(request).owner();
  }

  /** Whose request it is, and how long that is known. */
  Caller caller(Context request) {
    if (!asksWho()) return Caller.NOBODY;
    return bearer(request)
        .flatMap(this::holder)
        .or(() -> signedIn(request))
        .orElseThrow(Doorkeeper::unauthenticated);
  }

  /** The same for a WebSocket or an event stream, where a ticket may stand in the URL. */
  Caller streamCaller(Context request) {
    @Nullable String ticket = request.queryParam(TICKET);
    if (ticket == null || !asksWho()) return caller(request);
    return tickets.redeem(ticket).orElseThrow(Doorkeeper::unauthenticated);
  }

  /** A ticket for the caller. */
  String ticket(Context request) {
    return tickets.draw(caller(request));
  }

  /** Whether the caller's proof is good no longer. */
  boolean isExpired(Caller caller) {
    return caller.isExpired(clock.getAsLong());
  }

  static Problem unauthenticated() {
    return Problem.of(
        ProblemCode.UNAUTHENTICATED, "Send an API key or a token as bearer, or sign in.");
  }

  private Optional<Caller> holder(String bearer) {
    return switch (config.auth()) {
      case Auth.None _ -> Optional.of(Caller.NOBODY);
      case Auth.ApiKeys keys -> keys.owner(bearer).map(Caller::of);
      case Auth.Tokens _ -> tokens.flatMap(check -> check.caller(bearer));
    };
  }

  /** Whether a user must show who it is. */
  boolean asksWho() {
    return !(config.auth() instanceof Auth.None);
  }

  /**
   * Gives a browser a cookie for its key or token: a script cannot read it, another site cannot use
   * it. A cookie alone brings no other one.
   */
  void signIn(Context request) {
    if (!asksWho()) return;
    String bearer = bearer(request).orElseThrow(Doorkeeper::unauthenticated);
    Caller caller = holder(bearer).orElseThrow(Doorkeeper::unauthenticated);
    String proof = proof(bearer).orElseThrow(Doorkeeper::unauthenticated);
    long longest = clock.getAsLong() + SIGNED_IN.toMillis();
    long until = Math.min(longest, caller.untilMillis().orElse(longest));
    boolean secure = String.valueOf(request.header("Origin")).startsWith("https:");
    request.cookie(
        new Cookie(
            COOKIE,
            cookies.write(caller.owner(), until, proof),
            "/",
            (int) SIGNED_IN.toSeconds(),
            secure,
            true,
            null,
            SameSite.STRICT));
  }

  private Optional<Caller> signedIn(Context request) {
    return Optional.ofNullable(request.cookie(COOKIE))
        .flatMap(cookie -> cookies.read(cookie, proofs(), clock.getAsLong()));
  }

  /** What a cookie for this bearer depends on. */
  private Optional<String> proof(String bearer) {
    return switch (config.auth()) {
      case Auth.None _ -> Optional.empty();
      case Auth.ApiKeys keys -> keys.proof(bearer);
      case Auth.Tokens _ -> tokens.flatMap(check -> check.keyOf(bearer));
    };
  }

  /** What cookies may depend on now. */
  private Stream<String> proofs() {
    return switch (config.auth()) {
      case Auth.None _ -> Stream.empty();
      case Auth.ApiKeys _ -> keyProofs.stream();
      case Auth.Tokens _ -> tokens.stream().flatMap(TokenCheck::keys);
    };
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
