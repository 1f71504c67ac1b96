package io.livemind.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Somebody who gives out tokens, and serves the keys to check them. */
final class Issuer implements AutoCloseable {
  static final String NAME = "https://issuer.example";
  static final String AUDIENCE = "livemind";

  private final HttpServer server;
  private volatile ECKey key = newKey("first");
  private volatile Optional<ECKey> another = Optional.empty();

  Issuer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/keys",
        exchange -> {
          byte[] body = keys().toString().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
  }

  Auth.Tokens auth() {
    return new Auth.Tokens(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys"),
        NAME,
        AUDIENCE,
        Set.of("ES256"));
  }

  /** From now on another key signs, and the old one is known no more. */
  void rotate() {
    key = newKey("second");
  }

  /** Another key is known from now on, too. */
  void addAnother() {
    another = Optional.of(newKey("another"));
  }

  private JWKSet keys() {
    var known = new ArrayList<JWK>(List.of(key.toPublicJWK()));
    another.ifPresent(more -> known.add(more.toPublicJWK()));
    return new JWKSet(known);
  }

  /** A token that does not say which key signed it. */
  String signedWithoutName(JWTClaimsSet.Builder claims) {
    try {
      var token = new SignedJWT(new JWSHeader(JWSAlgorithm.ES256), claims.build());
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static JWTClaimsSet.Builder claims(String user, Instant expires) {
    return new JWTClaimsSet.Builder()
        .issuer(NAME)
        .audience(AUDIENCE)
        .subject(user)
        .expirationTime(Date.from(expires));
  }

  String token(String user) {
    return signed(claims(user, Instant.now().plusSeconds(600)));
  }

  String signed(JWTClaimsSet.Builder claims) {
    try {
      return signed(claims, JWSAlgorithm.ES256, new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public key, which everybody has, taken for a shared secret. */
  String signedWithThePublicKey(JWTClaimsSet.Builder claims) {
    try {
      byte[] known = key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
      return signed(claims, JWSAlgorithm.HS256, new MACSigner(known));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String unsigned(JWTClaimsSet.Builder claims) {
    return new PlainJWT(claims.build()).serialize();
  }

  private String signed(JWTClaimsSet.Builder claims, JWSAlgorithm algorithm, JWSSigner signer)
      throws JOSEException {
    var header = new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build();
    var token = new SignedJWT(header, claims.build());
    token.sign(signer);
    return token.serialize();
  }

  private static ECKey newKey(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
