/**
 * One store with one changelog, keys {@code session|kind|n}: {@link
 * io.livemind.topology.state.SessionStore} lays it out, {@link
 * io.livemind.topology.state.HeadCodec} turns the small head into its Avro record and back. Parts
 * are written first, then the head, then deletions: the producer keeps the order within a
 * partition, so a restored head is never ahead of its parts.
 */
@NullMarked
package io.livemind.topology.state;

import org.jspecify.annotations.NullMarked;
