/**
 * What a model is told: {@link io.livemind.topology.prompt.Conversation} is what is known of a
 * session, a {@link io.livemind.topology.prompt.PromptLayout} makes messages of it, and {@link
 * io.livemind.topology.prompt.PromptLayouts} picks the layout that a session's options name.
 *
 * <p>{@link io.livemind.topology.prompt.TurnText} is the turn neutralised and cut at its
 * inferences; every layout starts from it. {@link io.livemind.topology.prompt.AppendOnlyLayout} is
 * the default, {@link io.livemind.topology.prompt.ConventionalLayout} the baseline, and {@link
 * io.livemind.topology.prompt.PaperLayout} has the five shapes of the paper, in {@link
 * io.livemind.topology.prompt.OneMessage} and {@link
 * io.livemind.topology.prompt.AlternatingMessages}. Our wording is in {@link
 * io.livemind.topology.prompt.SystemPrompts}.
 *
 * <h2>Trust</h2>
 *
 * <p>The rule: text of the user, memory of the model and instructions of ours are separate
 * messages.
 *
 * <ul>
 *   <li>{@code append-only}: holds, but for the cue at the end of the call that answers, which ends
 *       the last user message because some chat templates insist on alternating roles. A user can
 *       type a line like the cue; the model may then answer early, which is no action and leaves no
 *       memory.
 *   <li>{@code ua-pil}, {@code ua-spi}: hold. Where an answering call has no new text, the cue is a
 *       message of its own.
 *   <li>{@code conventional}: holds; there is no memory.
 *   <li>{@code u-pi}, {@code u-pli}, {@code u-spi}: cannot hold. The turn is one user message in
 *       which only labels tell text from memory, and a user can type a label. They are for
 *       measuring against the paper, not for users whom you do not trust.
 * </ul>
 *
 * <p>In every layout: what a user types never becomes memory, which is written only from a parsed,
 * allowed reply; markers of chat templates in the text of users and models, and in the texts of a
 * request, are made harmless by {@link io.livemind.schemas.TemplateTokens}; the system message
 * holds nothing but our protocol, the deployment's or request's own text and the wanted form of the
 * answer.
 */
@NullMarked
package io.livemind.topology.prompt;

import org.jspecify.annotations.NullMarked;
