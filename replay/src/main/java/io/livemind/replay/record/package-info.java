/**
 * Makes recordings of sessions that are typed somewhere else, from the topics of a deployment.
 *
 * <ol>
 *   <li>{@link io.livemind.replay.record.SessionRecorder}: one session's fragments and answers
 *       become a recording; no Kafka, no clock.
 *   <li>{@link io.livemind.replay.record.Recorder}: all sessions, bounded.
 *   <li>{@link io.livemind.replay.record.TopicFollower}: reads the two topics and fills a folder
 *       with files.
 *   <li>{@link io.livemind.replay.record.StartPoint}: from where.
 * </ol>
 */
@NullMarked
package io.livemind.replay.record;

import org.jspecify.annotations.NullMarked;
