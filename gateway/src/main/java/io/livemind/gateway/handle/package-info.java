/**
 * What a client holds of a session, signed, so that every gateway can check it without a look-up.
 *
 * <ol>
 *   <li>{@link io.livemind.gateway.handle.HandleKey} and {@link
 *       io.livemind.gateway.handle.Signature}: the secrets and the signature.
 *   <li>{@link io.livemind.gateway.handle.Handle} and {@link io.livemind.gateway.handle.Handles}:
 *       which session, where its answers are, and whose it is.
 *   <li>{@link io.livemind.gateway.handle.EventId} and {@link io.livemind.gateway.handle.EventIds}:
 *       how far a client has read.
 * </ol>
 */
@NullMarked
package io.livemind.gateway.handle;

import org.jspecify.annotations.NullMarked;
