/**
 * What a model is told: {@link io.livemind.topology.prompt.Conversation} is what is known of a
 * session, a {@link io.livemind.topology.prompt.PromptLayout} makes messages of it.
 *
 * <p>Text of the user, of the model and of ours never share a message, but for the cue at the end
 * of the call that answers. {@link io.livemind.topology.prompt.TemplateTokens} takes the markers of
 * chat templates out of what a user typed.
 */
@NullMarked
package io.livemind.topology.prompt;

import org.jspecify.annotations.NullMarked;
