package io.livemind.replay.play;

import java.time.Duration;

/**
 * How recordings are played.
 *
 * @param speed divides every recorded typing time and pause; 1 is real time. More than 0, at most
 *     1,000
 * @param turnDeadline from the intended submit to the end of the turn; a session that has no end by
 *     then has failed. It should lie behind the deadline of the topology, which tells more
 */
public record PlayerConfig(double speed, Duration turnDeadline) {
  private static final double HIGHEST_SPEED = 1_000;

  public PlayerConfig {
    if (!(speed > 0 && speed <= HIGHEST_SPEED))
      throw new IllegalArgumentException(
          "replay.speed must be more than 0 and at most 1000, is "
              + speed
              + ": 1 is real time, 10 types ten times as fast");
    if (!turnDeadline.isPositive())
      throw new IllegalArgumentException(
          "replay.turn-deadline must be more than 0, is "
              + turnDeadline
              + ": give it the longest time that an answer may take, for example PT2M30S");
  }
}
