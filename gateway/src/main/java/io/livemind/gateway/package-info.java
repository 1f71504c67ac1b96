/**
 * The edge: clients type and read here.
 *
 * <pre>
 *   client ──► {@link io.livemind.gateway.HttpToFragments} ══► fragments      answers ══► {@link io.livemind.gateway.AnswersToSse} ──► client
 *   client ◄─────────────────────── {@link io.livemind.gateway.LiveSocket}, both ways ───────────────────────► client
 * </pre>
 *
 * <ol>
 *   <li>{@link io.livemind.gateway.GatewayApp}: wires everything by hand, from a {@link
 *       io.livemind.gateway.GatewayConfig}.
 *   <li>{@link io.livemind.gateway.Sessions}: what all ways in share: opens, checks, sends,
 *       deletes.
 *   <li>{@link io.livemind.gateway.HttpToFragments}, {@link io.livemind.gateway.AnswersToSse},
 *       {@link io.livemind.gateway.LiveSocket}: HTTP, server-sent events, WebSocket.
 *   <li>{@link io.livemind.gateway.openai}: the interface that existing clients know.
 *   <li>{@link io.livemind.gateway.Doorkeeper}: who may come in, from where; {@link
 *       io.livemind.gateway.PageFiles}: the page.
 *   <li>{@link io.livemind.gateway.handle}, {@link io.livemind.gateway.fragments}, {@link
 *       io.livemind.gateway.answers}, {@link io.livemind.gateway.problem}: what these are made of.
 * </ol>
 */
@NullMarked
package io.livemind.gateway;

import org.jspecify.annotations.NullMarked;
