package io.livemind.topology.session;

/**
 * When an event happens, and how busy the workers are then.
 *
 * @param nowMillis milliseconds since the epoch
 * @param overloaded whether claims come late: thinking and drafts are held back, answers are not
 */
public record Moment(long nowMillis, boolean overloaded) {}
