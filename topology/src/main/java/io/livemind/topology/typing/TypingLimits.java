package io.livemind.topology.typing;

/**
 * Bounds on what one client may type.
 *
 * @param fragmentLength UTF-16 units of text in one fragment; more is {@code fragment_too_large}
 * @param promptLength UTF-16 units of a prompt; more is {@code prompt_too_large}. A task repeats
 *     the prompt, the memory and the history, and must fit a record of 4 MB
 * @param heldFragments fragments that may wait for a missing one, with {@code promptLength} units
 *     of text in all; at either bound they are dropped and the client gets {@code missing_sequence}
 * @param gapMillis how long they may wait
 * @param fragmentsPerTurn fragments that a turn may take; then only submit and cancel are, and the
 *     rest is {@code too_many_fragments}
 * @param turns turns that a session may have; then nothing is typed any more: {@code
 *     too_many_turns}
 */
public record TypingLimits(
    int fragmentLength,
    int promptLength,
    int heldFragments,
    int gapMillis,
    int fragmentsPerTurn,
    int turns) {
  public static final TypingLimits DEFAULT =
      new TypingLimits(131_072, 262_144, 32, 2_000, 100_000, 1_000);

  public TypingLimits {
    positive("limits.fragment-length", fragmentLength);
    positive("limits.prompt-length", promptLength);
    positive("limits.held-fragments", heldFragments);
    positive("limits.fragments-per-turn", fragmentsPerTurn);
    positive("limits.turns", turns);
    positive("limits.gap", gapMillis);
  }

  private static void positive(String key, int value) {
    if (value < 1)
      throw new IllegalArgumentException(
          "topology." + key + " must be at least 1, but is " + value);
  }
}
