package io.livemind.benchmarks.scaling;

/**
 * What people do; assumptions, but for the fragments, which follow from the client's rules.
 *
 * @param typists who type at one time
 * @param fragmentsPerSecond of each, at 240 characters a minute
 * @param turnsPerMinute of each: typed, answered, read
 * @param promptCharacters of a turn
 * @param inferencesPerTurn calls that think along
 * @param inferenceSeconds of such a call
 * @param answerSeconds from the first to the last word of an answer
 */
public record People(
    double typists,
    double fragmentsPerSecond,
    double turnsPerMinute,
    double promptCharacters,
    double inferencesPerTurn,
    double inferenceSeconds,
    double answerSeconds) {
  /** A million who type 150 characters a turn, and begin a new turn each minute. */
  public static final People MILLION = new People(1_000_000, 0.6, 1, 150, 3, 2, 6);

  /** Fragments of all a second. */
  public double fragments() {
    return typists * fragmentsPerSecond;
  }

  /** Turns of all a second. */
  public double turns() {
    return typists * turnsPerMinute / 60;
  }

  /** Inference tasks of all a second. */
  public double inferenceTasks() {
    return turns() * inferencesPerTurn();
  }

  /** Model calls of all a second. */
  public double modelCalls() {
    return turns() + inferenceTasks();
  }

  /** The same with another number of people. */
  public People withTypists(double count) {
    return new People(
        count,
        fragmentsPerSecond,
        turnsPerMinute,
        promptCharacters,
        inferencesPerTurn,
        inferenceSeconds,
        answerSeconds);
  }
}
