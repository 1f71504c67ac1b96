package io.livemind.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.livemind.gateway.handle.Owner;
import io.livemind.gateway.problem.Problem;
import io.livemind.gateway.problem.ProblemCode;
import java.net.MalformedURLException;
import java.text.ParseException;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a bearer token is good, and whose it is: signed by a key of the issuer with an allowed
 * algorithm, for this audience, not expired.
 *
 * <p>Keys are kept for five minutes. A token that names an unknown key makes the gateway look for
 * new ones, at most twice in ten seconds, so that keys can be rotated without a restart and nobody
 * can make it ask all the time. While the issuer cannot be reached, what it said last counts for an
 * hour.
 *
 * <p>Threading: any thread. Waiting: two seconds for the issuer, then {@code unavailable}.
 */
final class TokenCheck {
  private static final Duration KEYS_KEPT = Duration.ofMinutes(5);
  private static final Duration REFRESH = Duration.ofSeconds(3);
  private static final Duration ISSUER = Duration.ofSeconds(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
  private static final Duration LONGEST_OUTAGE = Duration.ofHours(1);
  private static final int LARGEST_KEY_SET = 100_000;
  private static final int CLOCK_SKEW_SECONDS = 2;

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final JWKSource<SecurityContext> keys;

  /**
   * @param clock milliseconds since the epoch
   */
  TokenCheck(Auth.Tokens tokens, LongSupplier clock) {
    Set<JWSAlgorithm> algorithms =
        tokens.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
    keys = keys(tokens);
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    var claims =
        new DefaultJWTClaimsVerifier<SecurityContext>(
            tokens.audience(),
            new JWTClaimsSet.Builder().issuer(tokens.issuer()).build(),
            Set.of("sub", "exp")) {
          @Override
          protected Date currentTime() {
            return new Date(clock.getAsLong());
          }
        };
    claims.setMaxClockSkew(CLOCK_SKEW_SECONDS);
    processor.setJWTClaimsSetVerifier(claims);
  }

  private static JWKSource<SecurityContext> keys(Auth.Tokens tokens) {
    int millis = (int) ISSUER.toMillis();
    try {
      return JWKSourceBuilder.create(
              tokens.keys().toURL(), new DefaultResourceRetriever(millis, millis, LARGEST_KEY_SET))
          .cache(KEYS_KEPT.toMillis(), REFRESH.toMillis())
          .rateLimited(BETWEEN_LOOKS.toMillis())
          .outageTolerant(LONGEST_OUTAGE.toMillis())
          .build();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("gateway.auth.tokens.keys is no URL: " + tokens.keys(), e);
    }
  }

  /** Whose token it is; empty if it is not good, for whatever reason. */
  Optional<Caller> caller(String token) {
    try {
      JWTClaimsSet claims = processor.process(token, null);
      @Nullable Date expires = claims.getExpirationTime();
      if (claims.getSubject().isBlank() || expires == null) return Optional.empty();
      return Optional.of(
          new Caller(
              Owner.of(claims.getSubject()),
              OptionalLong.of(expires.getTime() + 1_000L * CLOCK_SKEW_SECONDS)));
    } catch (RateLimitReachedException e) {
      // Enough was looked for: the key that it names is unknown.
      return Optional.empty();
    } catch (KeySourceException e) {
      throw keysCannotBeHad();
    } catch (ParseException | BadJOSEException | JOSEException e) {
      return Optional.empty();
    }
  }

  /** The keys of the issuer, by their thumbprints. */
  Stream<String> keys() {
    return keys(new JWKMatcher.Builder().build()).stream().map(TokenCheck::thumbprint);
  }

  /** The key that signed a token, by its thumbprint; empty if the issuer has it no longer. */
  Optional<String> keyOf(String token) {
    try {
      var signed = SignedJWT.parse(token);
      for (JWK key : keys(JWKMatcher.forJWSHeader(signed.getHeader())))
        if (key instanceof AsymmetricJWK pair && isSignedBy(signed, pair))
          return Optional.of(thumbprint(key));
      return Optional.empty();
    } catch (ParseException | JOSEException e) {
      return Optional.empty();
    }
  }

  private static boolean isSignedBy(SignedJWT token, AsymmetricJWK key) throws JOSEException {
    var verifiers = new DefaultJWSVerifierFactory();
    return token.verify(verifiers.createJWSVerifier(token.getHeader(), key.toPublicKey()));
  }

  private List<JWK> keys(JWKMatcher wanted) {
    try {
      return keys.get(new JWKSelector(wanted), null);
    } catch (KeySourceException e) {
      throw keysCannotBeHad();
    }
  }

  private static String thumbprint(JWK key) {
    try {
      return key.computeThumbprint().toString();
    } catch (JOSEException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static Problem keysCannotBeHad() {
    return Problem.of(ProblemCode.UNAVAILABLE, "The keys of the issuer cannot be had: try again.");
  }
}
