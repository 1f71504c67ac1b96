/**
 * The Java client of a LiveMind gateway: types into a session and reads what becomes of it.
 *
 * <ol>
 *   <li>{@link io.livemind.client.LiveMind}: a gateway; opens and resumes sessions.
 *   <li>{@link io.livemind.client.LiveSession}: one session; sends what is typed by word, resends,
 *       reconnects, and resumes without gap or repeat.
 *   <li>{@link io.livemind.client.SessionEvent}: what the gateway says; {@link
 *       io.livemind.client.AnswerText} folds it to the text of an answer.
 * </ol>
 *
 * <p>It needs the JDK's own HTTP client and Jackson, and nothing of Kafka.
 */
@NullMarked
package io.livemind.client;

import org.jspecify.annotations.NullMarked;
