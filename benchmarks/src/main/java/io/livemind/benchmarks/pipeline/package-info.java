/**
 * What is measured: the product around a model that costs nothing, and people who type.
 *
 * <ol>
 *   <li>{@link io.livemind.benchmarks.pipeline.Typists}: fragments of many sessions, by turns.
 *   <li>{@link io.livemind.benchmarks.pipeline.BenchmarkPipeline}: broker, topology and worker in
 *       this JVM.
 *   <li>{@link io.livemind.benchmarks.pipeline.InstantModel}: answers at once.
 *   <li>{@link io.livemind.benchmarks.pipeline.TurnClock}: when each submitted turn passed which
 *       place.
 *   <li>{@link io.livemind.benchmarks.pipeline.AnswerReader}: the clients' side.
 * </ol>
 */
@NullMarked
package io.livemind.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
