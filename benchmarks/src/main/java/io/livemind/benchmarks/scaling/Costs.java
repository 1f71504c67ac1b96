package io.livemind.benchmarks.scaling;

/**
 * What the product costs, as its benchmarks measured it on one machine; processor time in
 * microseconds on one of its cores.
 *
 * @param topologyMicros of a fragment in the topology, its producer included
 * @param workerMicros of a model call, with the broker's and the model's part
 * @param workerTokenMicros of a token that a model says in a worker
 * @param gatewayMicros of a record that passes a gateway, in or out
 * @param brokerMegabytesPerCore bytes a second that a broker's core takes in and hands on
 * @param fragmentBytes of a record of {@code fragments} in the log
 * @param headBytes of a fragment in the changelog: the session's head, and its text
 * @param callBytes of a model call in the log: its task, its result, and who has it
 * @param deltaBytes of a delta in the log
 * @param deltasPerSecond of a running answer
 * @param tokensPerSecond of a running call
 * @param sessionBytes of an open session in the topology, heap and store
 * @param partitionTasks a second through one partition of a task topic
 */
public record Costs(
    double topologyMicros,
    double workerMicros,
    double workerTokenMicros,
    double gatewayMicros,
    double brokerMegabytesPerCore,
    double fragmentBytes,
    double headBytes,
    double callBytes,
    double deltaBytes,
    double deltasPerSecond,
    double tokensPerSecond,
    double sessionBytes,
    double partitionTasks) {}
