package io.livemind.gateway.handle;

/**
 * The place of an event in the log: the next event of the session lies behind it.
 *
 * @param topic id of the topic, 32 hexadecimal digits; a topic that was deleted and created again
 *     has another one
 * @param partition of {@code answers}
 * @param offset in the partition
 */
public record EventId(String topic, int partition, long offset) {}
