package io.livemind.integration.chaos.client;

import java.time.Duration;

/**
 * How a chaos client types.
 *
 * @param words of a turn
 * @param pause between two fragments, on average
 * @param arriving within which time people begin
 * @param editing share of words that take an earlier one away
 * @param repeating share of fragments that are sent twice
 * @param shuffling share of fragments that are sent behind the next one
 * @param losing share of fragments that are sent only when they are missed
 * @param leaving share of the connections that are left in the middle of an answer
 * @param cancelling share of the turns that are cancelled after the submit
 * @param openingTabs share of the sessions that go on in a second tab, while the first still types
 */
public record Habits(
    int words,
    Duration pause,
    Duration arriving,
    double editing,
    double repeating,
    double shuffling,
    double losing,
    double leaving,
    double cancelling,
    double openingTabs) {
  /** More than a session may send at once, however slowly the requests go. */
  private static final int FLOOD_WORDS = 600;

  private static final int FLOOD_REQUEST = 60;

  /** A careful typist who corrects a word now and then. */
  public static final Habits USUAL =
      new Habits(14, Duration.ofMillis(90), Duration.ofSeconds(3), 0.1, 0, 0, 0, 0, 0, 0);

  /** A program, or a very long key press: many fragments in each request, and no pause. */
  public Habits flooding() {
    return new Habits(
        FLOOD_WORDS,
        Duration.ZERO,
        arriving,
        editing,
        repeating,
        shuffling,
        losing,
        leaving,
        cancelling,
        openingTabs);
  }

  /** How many fragments go into one request. */
  int together() {
    return pause.isZero() ? FLOOD_REQUEST : 1;
  }

  /** Spread over a longer time. */
  public Habits arrivingWithin(Duration time) {
    return new Habits(
        words,
        pause,
        time,
        editing,
        repeating,
        shuffling,
        losing,
        leaving,
        cancelling,
        openingTabs);
  }

  /** The same fragments and submits again and again. */
  public Habits repeating(double share) {
    return new Habits(
        words,
        pause,
        arriving,
        editing,
        share,
        shuffling,
        losing,
        leaving,
        cancelling,
        openingTabs);
  }

  /** Over a network that reorders and loses. */
  public Habits scattered(double shuffled, double lost) {
    return new Habits(
        words,
        pause,
        arriving,
        editing,
        repeating,
        shuffled,
        lost,
        leaving,
        cancelling,
        openingTabs);
  }

  /** Somebody who cannot make up their mind. */
  public Habits editing(double share) {
    return new Habits(
        words,
        pause,
        arriving,
        share,
        repeating,
        shuffling,
        losing,
        leaving,
        cancelling,
        openingTabs);
  }

  /** On a train. */
  public Habits leaving(double share) {
    return new Habits(
        words,
        pause,
        arriving,
        editing,
        repeating,
        shuffling,
        losing,
        share,
        cancelling,
        openingTabs);
  }

  /** Somebody who knows better once the answer begins. */
  public Habits cancelling(double share) {
    return new Habits(
        words, pause, arriving, editing, repeating, shuffling, losing, leaving, share, openingTabs);
  }

  /** The session in two places at once. */
  public Habits openingTabs(double share) {
    return new Habits(
        words, pause, arriving, editing, repeating, shuffling, losing, leaving, cancelling, share);
  }
}
