package io.livemind.simulator;

import java.util.Map;
import java.util.Optional;

/**
 * A request that was read as a whole.
 *
 * @param path without the query
 * @param query without the question mark; empty if there is none
 * @param headers by their names in lower case; of a repeated one the last
 * @param arrivedNanos {@link System#nanoTime} at its last byte
 */
record HttpRequest(
    String method,
    String path,
    String query,
    Map<String, String> headers,
    byte[] body,
    long arrivedNanos) {

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** Whether the client wants the connection closed after the response. */
  boolean lastOfConnection() {
    return "close".equalsIgnoreCase(headers.get("connection"));
  }
}
