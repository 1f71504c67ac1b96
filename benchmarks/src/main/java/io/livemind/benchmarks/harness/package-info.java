/**
 * How time is taken: open loop, latency from the intended moment, two arms by turns in one run,
 * windows in which the machine was busy with something else left out, and a ratio with its
 * interval.
 */
@NullMarked
package io.livemind.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
