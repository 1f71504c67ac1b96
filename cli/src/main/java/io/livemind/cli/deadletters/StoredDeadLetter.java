package io.livemind.cli.deadletters;

import io.livemind.schemas.avro.DeadLetter;

/**
 * A dead letter and its number.
 *
 * @param number its offset in {@code dead-letters}
 * @param letter what it holds
 */
public record StoredDeadLetter(long number, DeadLetter letter) {}
