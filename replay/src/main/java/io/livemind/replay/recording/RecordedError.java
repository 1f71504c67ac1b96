package io.livemind.replay.recording;

import java.util.OptionalDouble;

/**
 * The failure that ended a turn in an arm.
 *
 * @param seconds when, from the turn's start, where that was kept
 * @param code see {@link io.livemind.schemas.FailureCode}
 */
public record RecordedError(OptionalDouble seconds, String code) {
  public RecordedError {
    if (code.isBlank())
      throw new IllegalArgumentException("the code of an error must not be blank");
  }
}
