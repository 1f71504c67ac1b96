package io.livemind.workers;

import io.livemind.workers.replica.ModelPool;
import io.livemind.workers.replica.RetryBudget;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What all executions of a worker share.
 *
 * @param models the pools by the name that a task carries
 * @param nanoClock {@code nanoTime}
 */
record WorkerContext(
    WorkerConfig config,
    RecordWriter writer,
    DeltaTicker ticker,
    HeldTasks held,
    Map<String, ModelPool> models,
    RetryBudget retries,
    WorkerCounters counters,
    LongSupplier nanoClock) {}
