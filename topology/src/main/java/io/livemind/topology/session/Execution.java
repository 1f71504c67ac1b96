package io.livemind.topology.session;

/**
 * One start of a model call, as its claim told it.
 *
 * @param id random; the same attempt can be started twice
 * @param worker the worker that runs it
 * @param controlPartition partition of {@code worker-control} on which the worker listens
 */
public record Execution(String id, String worker, int controlPartition) {}
