/**
 * A model server without a model, to develop, replay and test against.
 *
 * <ol>
 *   <li>{@link io.livemind.simulator.Simulator}: starts and stops it, registers sessions, reads
 *       back what was served ({@link io.livemind.simulator.ServedCall}).
 *   <li>{@link io.livemind.simulator.Connection}, {@link io.livemind.simulator.HttpRequestReader},
 *       {@link io.livemind.simulator.Routes}: HTTP/1.1 on plain sockets, the only way to see a
 *       client leave while nothing is written, and to break a connection on purpose.
 *   <li>{@link io.livemind.simulator.WireProfile}: the wire formats that it speaks, one for each
 *       provider's API, chosen by the request's path.
 *   <li>{@link io.livemind.simulator.ModelCalls}: one call from its arrival to its end.
 *   <li>What a call is answered, {@link io.livemind.simulator.Responder}: {@link
 *       io.livemind.simulator.RecordedResponder} serves a recording to calls whose messages pass
 *       {@link io.livemind.simulator.ConversationCheck}; {@link
 *       io.livemind.simulator.ScriptedResponder} a list; {@link
 *       io.livemind.simulator.FreeTextResponder} plainly labelled text.
 *   <li>When it is answered, {@link io.livemind.simulator.Engine}: {@link
 *       io.livemind.simulator.LatencyModel} and {@link io.livemind.simulator.ModelProfile}, places
 *       ({@link io.livemind.simulator.Sequences}), the prefix cache, and {@link
 *       io.livemind.simulator.ReplySchedule}, pure arithmetic of due times.
 *   <li>How it is sent: {@link io.livemind.simulator.ReplySender}, with the {@link
 *       io.livemind.simulator.Fault} that was put on it.
 * </ol>
 */
@NullMarked
package io.livemind.simulator;

import org.jspecify.annotations.NullMarked;
