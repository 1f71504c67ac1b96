/**
 * Types recordings into the pipeline and reads what comes.
 *
 * <ol>
 *   <li>{@link io.livemind.replay.play.Play}: one recording in one arm, as one session.
 *   <li>{@link io.livemind.replay.play.Player}: the shell, with its threads; {@link
 *       io.livemind.replay.play.FragmentSink} and {@link io.livemind.replay.play.AnswerSource} are
 *       its two ends, on Kafka {@link io.livemind.replay.play.KafkaFragments} and {@link
 *       io.livemind.replay.play.KafkaAnswers}.
 *   <li>{@link io.livemind.replay.play.Playback}, {@link io.livemind.replay.play.SessionPlay},
 *       {@link io.livemind.replay.play.TurnPlay}: what happens when, without threads, clock or
 *       network.
 *   <li>{@link io.livemind.replay.play.PlayResult}, {@link io.livemind.replay.play.SessionResult},
 *       {@link io.livemind.replay.play.TurnResult}: what was measured.
 *   <li>{@link io.livemind.replay.play.Observer}: who wants to see it as it happens.
 * </ol>
 */
@NullMarked
package io.livemind.replay.play;

import org.jspecify.annotations.NullMarked;
