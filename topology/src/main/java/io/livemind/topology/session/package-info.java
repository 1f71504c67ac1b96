/**
 * The session machine: {@code (state, event) → (state, commands)}, without Kafka and without a
 * clock.
 *
 * <p>{@link io.livemind.topology.session.SessionState} is what is known of a session beside its
 * prompt, {@link io.livemind.topology.session.Phase} what it does just now, {@link
 * io.livemind.topology.session.SessionEvent} what can happen to it, {@link
 * io.livemind.topology.session.SessionCommand} what it wants done. {@link
 * io.livemind.topology.session.SessionMachine} holds the rules; the diagram is in {@link
 * io.livemind.topology.session.Phase}.
 */
@NullMarked
package io.livemind.topology.session;

import org.jspecify.annotations.NullMarked;
