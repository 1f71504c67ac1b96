/**
 * What it costs, measured.
 *
 * <ol>
 *   <li>{@link io.livemind.benchmarks.Benchmarks}: the command, one benchmark each.
 *   <li>{@link io.livemind.benchmarks.harness}: how time is taken, for all of them alike.
 *   <li>{@link io.livemind.benchmarks.pipeline}: the product around a model that costs nothing, and
 *       the people who type.
 *   <li>{@link io.livemind.benchmarks.floor}: against the bare hops on the same broker.
 *   <li>{@link io.livemind.benchmarks.capacity}: how much goes through, and what a session costs.
 *   <li>{@link io.livemind.benchmarks.growth}: whether costs are straight lines.
 *   <li>{@link io.livemind.benchmarks.authors}: against the design of the paper.
 *   <li>{@link io.livemind.benchmarks.start}: how long a start takes.
 *   <li>{@link io.livemind.benchmarks.scaling}: a plan on paper for a million people.
 *   <li>{@link io.livemind.benchmarks.micro}: single steps in one thread.
 * </ol>
 */
@NullMarked
package io.livemind.benchmarks;

import org.jspecify.annotations.NullMarked;
