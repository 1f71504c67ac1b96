/**
 * The contracts between the stages, in the order of the data.
 *
 * <ol>
 *   <li>{@link io.livemind.schemas.Topics}: every topic, typed, once. The records themselves are
 *       Avro ({@code src/main/avro}, one file a topic) in {@link io.livemind.schemas.avro}.
 *   <li>{@link io.livemind.schemas.AvroSerde}: Avro single-object encoding with the known schemas
 *       as schema store, so that nothing else must run; {@link
 *       io.livemind.schemas.ReleasedSchemas}: what a record was, and how it grows.
 *   <li>{@link io.livemind.schemas.TextHash}: how client and pipeline find out that they hold the
 *       same prompt.
 *   <li>{@link io.livemind.schemas.ActionReply} and {@link io.livemind.schemas.AnswerCue}: the
 *       wording that prompts, models and the simulator share.
 *   <li>{@link io.livemind.schemas.AnswerFold}: what a reader of {@code answers} shows.
 *   <li>{@link io.livemind.schemas.FailureCode}: the one name of every failure.
 * </ol>
 */
@NullMarked
package io.livemind.schemas;

import org.jspecify.annotations.NullMarked;
