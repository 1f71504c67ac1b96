package io.livemind.simulator;

/**
 * What a model has to do at this moment.
 *
 * @param running calls that have a place
 * @param waiting calls in the queue
 */
public record ModelLoad(int running, int waiting) {}
