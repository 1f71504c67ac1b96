/**
 * From fragments to segments, without Kafka.
 *
 * <p>{@link io.livemind.topology.typing.FragmentOrder} decides whose turn a fragment is, {@link
 * io.livemind.topology.typing.PromptEditor} applies it to the {@link
 * io.livemind.topology.typing.TypedPrompt} and says what {@linkplain
 * io.livemind.topology.typing.PromptChange changed}. Closed text is looked at only when it is
 * edited.
 */
@NullMarked
package io.livemind.topology.typing;

import org.jspecify.annotations.NullMarked;
