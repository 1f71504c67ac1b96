package io.livemind.replay.recording;

/**
 * Text for an inference of which only the number of tokens was recorded. It is plainly made up, has
 * the form that thinking replies have, and is the same each time.
 */
final class MadeInference {
  /** {@code action wait.} has three tokens, four with the one that ends the reply. */
  private static final int LONGEST_WAIT = 5;

  /** Tokens of the opening: action, inference, full stop, Step, the number, colon. */
  private static final int OPENING_TOKENS = 6;

  private static final String[] WORDS = {
    "this", "part", "of", "the", "prompt", "states", "a", "fact", "that", "the", "answer", "will",
    "use", "and", "that", "must", "be", "kept", "in", "mind"
  };

  private MadeInference() {}

  /**
   * @param step which inference of the turn it is, from 0
   * @param tokens of the recorded reply; so few that nothing can have been concluded give a wait
   */
  static String of(int step, int tokens) {
    if (tokens <= LONGEST_WAIT) return "action wait.";
    var text = new StringBuilder("action inference. Step ").append(step + 1).append(':');
    int words = Math.max(1, tokens - OPENING_TOKENS - 1);
    for (int i = 0; i < words; i++) text.append(' ').append(WORDS[i % WORDS.length]);
    return text.append('.').toString();
  }
}
