package io.livemind.schemas;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * How a turn is named in traces and logs: by hashes, because whoever knows a session's id may ask
 * for it.
 *
 * @param traceId of all that is done for the turn, 32 hexadecimal digits
 * @param spanId of the turn as a whole, 16 hexadecimal digits
 */
public record TurnIds(String traceId, String spanId) {
  private static final ContextKey<TurnIds> KEY = ContextKey.named("livemind.turn");
  private static final int TRACE_BYTES = 16;
  private static final int SPAN_BYTES = 8;

  /** Of a turn; the same wherever they are asked for. */
  public static TurnIds of(String session, int turn) {
    byte[] hash = sha256(session + "/" + turn);
    HexFormat hex = HexFormat.of();
    return new TurnIds(
        hex.formatHex(hash, 0, TRACE_BYTES),
        hex.formatHex(hash, TRACE_BYTES, TRACE_BYTES + SPAN_BYTES));
  }

  /** Names a session in logs and traces, 16 hexadecimal digits. */
  public static String sessionHash(String session) {
    return HexFormat.of().formatHex(sha256(session), 0, SPAN_BYTES);
  }

  /** The turn whose span is begun on this thread, if one is. */
  public static Optional<TurnIds> current() {
    return Optional.ofNullable(Context.current().get(KEY));
  }

  Context in(Context context) {
    return context.with(KEY, this);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
