/**
 * The port to the models: what a worker knows of a model call, whoever answers it.
 *
 * <p>{@link io.livemind.workers.model.ModelClient} starts a call for a {@link
 * io.livemind.workers.model.ModelRequest}; the {@link io.livemind.workers.model.ModelSink} is told
 * the text and exactly one {@link io.livemind.workers.model.ModelOutcome}; {@link
 * io.livemind.workers.model.ModelCall} ends it early.
 */
@NullMarked
package io.livemind.workers.model;

import org.jspecify.annotations.NullMarked;
