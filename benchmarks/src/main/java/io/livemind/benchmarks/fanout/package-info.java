/**
 * How many clients one gateway serves: {@link io.livemind.benchmarks.fanout.FanOutBenchmark} starts
 * a gateway as a process of its own, {@link io.livemind.benchmarks.fanout.Crowd} is its clients.
 */
@NullMarked
package io.livemind.benchmarks.fanout;

import org.jspecify.annotations.NullMarked;
