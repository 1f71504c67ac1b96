package io.livemind.gateway.answers;

import io.livemind.schemas.avro.AnswerEvent;

/**
 * One event as it lies in the log.
 *
 * @param session its key
 * @param partition of {@code answers}
 * @param offset in the partition
 * @param event what happened
 */
public record AnswerRecord(String session, int partition, long offset, AnswerEvent event) {}
