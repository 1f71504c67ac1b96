/**
 * From the topic {@code answers} to the connections that wait for it.
 *
 * <ol>
 *   <li>{@link io.livemind.gateway.answers.AnswerSource}: the live end of the log, read by one
 *       thread, {@link io.livemind.gateway.answers.AnswersReader}; {@link
 *       io.livemind.gateway.answers.AnswerHistory}: what lies behind it. On Kafka {@link
 *       io.livemind.gateway.answers.KafkaAnswers} and {@link
 *       io.livemind.gateway.answers.KafkaHistory}.
 *   <li>{@link io.livemind.gateway.answers.AnswerHub}: gives each record to the {@link
 *       io.livemind.gateway.answers.Subscription}s of its session.
 *   <li>{@link io.livemind.gateway.answers.CatchUp}: reads what a client missed, for all that ask
 *       at a time.
 *   <li>{@link io.livemind.gateway.answers.EventFeed}: joins both for one client, without gap or
 *       repeat; {@link io.livemind.gateway.answers.JoinedDeltas} and {@link
 *       io.livemind.gateway.answers.EventJson} give it its form.
 * </ol>
 */
@NullMarked
package io.livemind.gateway.answers;

import org.jspecify.annotations.NullMarked;
