package io.livemind.topology;

/**
 * A record for a partition that its reader named.
 *
 * @param partition where it is written
 * @param value what is written
 * @param <V> its type
 */
record Addressed<V>(int partition, V value) {}
