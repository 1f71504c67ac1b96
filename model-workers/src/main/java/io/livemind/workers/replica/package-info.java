/**
 * Which replica takes a call, and whether it should.
 *
 * <p>A {@link io.livemind.workers.replica.ModelPool} holds the {@link
 * io.livemind.workers.replica.Replica}s of one model: a session's calls go to the first one in its
 * {@link io.livemind.workers.replica.Rendezvous} order that has a free place here. A replica's
 * places shrink and grow by {@link io.livemind.workers.replica.PlaceLimit}; {@link
 * io.livemind.workers.replica.Breaker} keeps calls away from one that is down. {@link
 * io.livemind.workers.replica.RetryBudget} keeps retries from becoming a storm.
 */
@NullMarked
package io.livemind.workers.replica;

import org.jspecify.annotations.NullMarked;
