package io.livemind.integration.chaos.client;

import java.time.Duration;

/**
 * How a chaos client types.
 *
 * @param words of a turn
 * @param pause between two fragments, on average
 * @param editing share of words that take an earlier one away
 * @param repeating share of fragments that are sent twice
 * @param shuffling share of fragments that are sent behind the next one
 * @param losing share of fragments that are sent only when they are missed
 * @param leaving share of the connections that are left in the middle of an answer
 */
public record Habits(
    int words,
    Duration pause,
    double editing,
    double repeating,
    double shuffling,
    double losing,
    double leaving) {
  /** A careful typist who corrects a word now and then. */
  public static final Habits USUAL = new Habits(14, Duration.ofMillis(90), 0.1, 0, 0, 0, 0);

  /** The same fragments and submits again and again. */
  public Habits repeating(double share) {
    return new Habits(words, pause, editing, share, shuffling, losing, leaving);
  }

  /** Over a network that reorders and loses. */
  public Habits scattered(double shuffled, double lost) {
    return new Habits(words, pause, editing, repeating, shuffled, lost, leaving);
  }

  /** Somebody who cannot make up their mind. */
  public Habits editing(double share) {
    return new Habits(words, pause, share, repeating, shuffling, losing, leaving);
  }

  /** On a train. */
  public Habits leaving(double share) {
    return new Habits(words, pause, editing, repeating, shuffling, losing, share);
  }
}
