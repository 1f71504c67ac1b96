package io.livemind.cli.config;

/**
 * A value and where it stands.
 *
 * @param value as it was written
 * @param place for messages: {@code environment variable LIVEMIND_WORKER_PLACES}, {@code
 *     livemind.yaml line 12}
 */
public record Located(String value, String place) {}
