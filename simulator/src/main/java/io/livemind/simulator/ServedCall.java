package io.livemind.simulator;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one request got, as it was served.
 *
 * @param number counts the requests of this simulator, from 0, in the order in which they arrived
 * @param session the session that the request named; empty text if none
 * @param turn that the request named; 0 if none
 * @param step that the request named; 0 if none
 * @param kind that the request named, or that its messages show
 * @param model the model that the request named
 * @param messages of the request; empty if newer calls needed their room, see {@link
 *     SimulatorConfig#READ_BACK_CHARACTERS}
 * @param fault that was put on it
 * @param status of the response; 0 if it ended before one was sent
 * @param cancelled whether the client left before the end
 * @param whole whether the reply was sent to its last token, with a finish reason
 * @param promptTokens of the call, as reported to the client
 * @param cachedTokens of the prompt, as reported to the client
 * @param completionTokens that were sent
 * @param arrivedNanos {@link System#nanoTime} when the request had been read as a whole
 * @param admittedNanos when it got a place among the running sequences; later than the arrival only
 *     by the time in the queue. Empty if it got none
 * @param firstTokenNanos when the first token was sent; empty if none was
 * @param endedNanos when the last token was sent, or the call ended otherwise
 * @param arrivedEpochMillis the arrival on the wall clock; the other times follow by difference
 */
public record ServedCall(
    long number,
    String session,
    int turn,
    int step,
    CallKind kind,
    String model,
    List<ChatMessage> messages,
    Optional<Fault> fault,
    int status,
    boolean cancelled,
    boolean whole,
    int promptTokens,
    int cachedTokens,
    int completionTokens,
    long arrivedNanos,
    OptionalLong admittedNanos,
    OptionalLong firstTokenNanos,
    long endedNanos,
    long arrivedEpochMillis) {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** The same without its messages. */
  ServedCall withoutMessages() {
    return new ServedCall(
        number,
        session,
        turn,
        step,
        kind,
        model,
        List.of(),
        fault,
        status,
        cancelled,
        whole,
        promptTokens,
        cachedTokens,
        completionTokens,
        arrivedNanos,
        admittedNanos,
        firstTokenNanos,
        endedNanos,
        arrivedEpochMillis);
  }

  /** When the last token was sent on the wall clock, in milliseconds since the epoch. */
  public long endedEpochMillis() {
    return arrivedEpochMillis + (endedNanos - arrivedNanos) / NANOS_PER_MILLI;
  }

  /** When the first token was sent on the wall clock, in milliseconds since the epoch. */
  public OptionalLong firstTokenEpochMillis() {
    return firstTokenNanos.isPresent()
        ? OptionalLong.of(
            arrivedEpochMillis + (firstTokenNanos.getAsLong() - arrivedNanos) / NANOS_PER_MILLI)
        : OptionalLong.empty();
  }

  /** Seconds from arrival to end. */
  public double seconds() {
    return (endedNanos - arrivedNanos) / 1e9;
  }
}
