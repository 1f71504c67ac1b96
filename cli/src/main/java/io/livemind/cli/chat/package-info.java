/**
 * A conversation in a terminal: {@link io.livemind.cli.chat.ChatScreen} for a person at the keys,
 * {@link io.livemind.cli.chat.ChatScript} for a script, {@link io.livemind.cli.chat.EscapeFilter}
 * between what a model says and the terminal.
 */
@NullMarked
package io.livemind.cli.chat;

import org.jspecify.annotations.NullMarked;
