package io.livemind.gateway;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What one client may ask of a gateway.
 *
 * @param messageBytes of a request body or a WebSocket message; more is 413, or close code 1009
 * @param fragmentLength UTF-16 units of text in one fragment; more is 413
 * @param fragmentsPerSecond of a session, with four seconds' worth at once; more is 429
 * @param sessionsPerMinute that a user may open, with one minute's worth at once; more is 429
 * @param connectionsPerAddress open streams and WebSockets of one network address; more is 429
 * @param queuedEvents that may wait for a client that reads slowly; more ends it as {@code slow}
 * @param tokensPerUserAndDay that the calls of a user's sessions may take from midnight to midnight
 *     UTC; more is 429. Told when a turn ends: what runs at the moment comes on top. Empty: no
 *     limit
 * @param chatDeadline from the start of a chat completion to its end; then it has failed
 */
public record Limits(
    int messageBytes,
    int fragmentLength,
    int fragmentsPerSecond,
    int sessionsPerMinute,
    int connectionsPerAddress,
    int queuedEvents,
    OptionalLong tokensPerUserAndDay,
    Duration chatDeadline) {
  public static final Limits DEFAULT =
      new Limits(
          1_048_576, 131_072, 50, 120, 1_000, 2_048, OptionalLong.empty(), Duration.ofSeconds(150));

  public Limits {
    positive("message-bytes", messageBytes);
    positive("fragment-length", fragmentLength);
    positive("fragments-per-second", fragmentsPerSecond);
    positive("sessions-per-minute", sessionsPerMinute);
    positive("connections-per-address", connectionsPerAddress);
    positive("queued-events", queuedEvents);
    if (tokensPerUserAndDay.orElse(1) < 1)
      throw new IllegalArgumentException(
          "gateway.limits.tokens-per-user-and-day must be at least 1, but is "
              + tokensPerUserAndDay.getAsLong()
              + ": leave it out for no limit");
    if (!chatDeadline.isPositive())
      throw new IllegalArgumentException(
          "gateway.limits.chat-deadline must be more than 0, but is "
              + chatDeadline
              + ": give it more than the turn deadline of a session");
  }

  /** Without a limit of tokens. */
  public Limits(
      int messageBytes,
      int fragmentLength,
      int fragmentsPerSecond,
      int sessionsPerMinute,
      int connectionsPerAddress,
      int queuedEvents,
      Duration chatDeadline) {
    this(
        messageBytes,
        fragmentLength,
        fragmentsPerSecond,
        sessionsPerMinute,
        connectionsPerAddress,
        queuedEvents,
        OptionalLong.empty(),
        chatDeadline);
  }

  private static void positive(String key, int value) {
    if (value < 1)
      throw new IllegalArgumentException(
          "gateway.limits." + key + " must be at least 1, but is " + value);
  }
}
