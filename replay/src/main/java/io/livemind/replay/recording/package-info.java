/**
 * Recorded sessions, as data and as files.
 *
 * <ol>
 *   <li>{@link io.livemind.replay.recording.Recording}: turns, each with its typing ({@link
 *       io.livemind.replay.recording.TypingEvent}) and what the models said in each arm ({@link
 *       io.livemind.replay.recording.ArmOutputs}).
 *   <li>{@link io.livemind.replay.recording.WordTyping}: plain text as typing, a fragment a word.
 *   <li>{@link io.livemind.replay.recording.RecordingFile}: reads a file of either format.
 *   <li>{@link io.livemind.replay.recording.LmrecReader} and {@link
 *       io.livemind.replay.recording.LmrecWriter}: the project's own format
 *       (docs/recording-format.md).
 *   <li>{@link io.livemind.replay.recording.ResearchImporter}: the JSON lines of the published
 *       experiments.
 *   <li>{@link io.livemind.replay.recording.RecordingException}: what is wrong with a file, and
 *       where.
 * </ol>
 */
@NullMarked
package io.livemind.replay.recording;

import org.jspecify.annotations.NullMarked;
