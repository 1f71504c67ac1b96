package io.livemind.topology.session;

/**
 * A complete prompt.
 *
 * @param turn the turn that it is the prompt of
 * @param revision edits of closed text in the turn
 * @param segments how many it was cut into
 * @param hash hash of its text
 * @param atMillis when the topology took it
 */
public record Submission(int turn, int revision, int segments, long hash, long atMillis) {}
