package io.livemind.topology.session;

/**
 * When an event happens, and how things stand then.
 *
 * @param nowMillis milliseconds since the epoch
 * @param overloaded whether claims come late: thinking and drafts are held back, answers are not
 * @param takingOver whether records may come that the instance before took already: what it sent
 *     for them may be missing
 */
public record Moment(long nowMillis, boolean overloaded, boolean takingOver) {}
