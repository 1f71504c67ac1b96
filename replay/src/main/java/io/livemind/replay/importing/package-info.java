/**
 * Makes recordings of texts that were never typed before a witness: prompts get their typing from a
 * seeded model of a person at a keyboard.
 *
 * <ol>
 *   <li>{@link io.livemind.replay.importing.TypingModel}: pace, pauses, typos, paste.
 *   <li>{@link io.livemind.replay.importing.PromptImporter}: plain text, a prompt a line.
 *   <li>{@link io.livemind.replay.importing.ChatLogImporter}: JSON lines of a chat, with times.
 * </ol>
 */
@NullMarked
package io.livemind.replay.importing;

import org.jspecify.annotations.NullMarked;
