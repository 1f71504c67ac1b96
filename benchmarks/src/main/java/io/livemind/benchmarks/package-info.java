/**
 * What it costs, measured.
 *
 * <ol>
 *   <li>{@link io.livemind.benchmarks.Benchmarks}: the command, one benchmark each.
 *   <li>{@link io.livemind.benchmarks.harness}: how time is taken, for all of them alike.
 *   <li>{@link io.livemind.benchmarks.pipeline}: the product around a model that costs nothing, and
 *       the people who type.
 *   <li>{@link io.livemind.benchmarks.floor}: against the bare hops on the same broker.
 * </ol>
 */
@NullMarked
package io.livemind.benchmarks;

import org.jspecify.annotations.NullMarked;
