package io.livemind.workers;

import io.livemind.workers.replica.ModelPools;
import io.livemind.workers.replica.RetryBudget;
import java.util.function.LongSupplier;

/**
 * What all executions of a worker share.
 *
 * @param models the pools of all models
 * @param brokers whether they answer
 * @param warming of the caches of the model that answers
 * @param dispatchClock what time it is where tasks are dispatched
 * @param nanoClock {@code nanoTime}
 */
record WorkerContext(
    WorkerConfig config,
    RecordWriter writer,
    DeltaTicker ticker,
    HeldTasks held,
    ModelPools models,
    RetryBudget retries,
    WorkerMeters meters,
    BrokerWatch brokers,
    Warming warming,
    DispatchClock dispatchClock,
    LongSupplier nanoClock) {}
