package io.livemind.workers;

import java.time.Duration;

/**
 * How long a model call waits for what; each limit has its own failure code. All but {@code idle}
 * count from the start of the call.
 *
 * @param connect until the connection stands; then {@code connect_timeout}
 * @param headers until the response's headers; then {@code first_token_timeout}. Some servers
 *     (llama.cpp) send them only after the prompt is read
 * @param firstToken until the first token; comments and empty events are none; then {@code
 *     first_token_timeout}
 * @param idle between two tokens; then {@code idle_timeout}
 * @param total the whole call; then {@code total_timeout}
 */
public record Timeouts(
    Duration connect, Duration headers, Duration firstToken, Duration idle, Duration total) {

  /** Fits a turn deadline of 120 s. */
  public static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofSeconds(120));

  public Timeouts {
    positive("connect", connect);
    positive("headers", headers);
    positive("first-token", firstToken);
    positive("idle", idle);
    positive("total", total);
  }

  private static void positive(String name, Duration limit) {
    if (limit.toMillis() < 1) {
      throw ReplicaConfig.wrong(
          "timeouts." + name, "at least 1 ms, given as a duration such as 30s", limit);
    }
  }
}
