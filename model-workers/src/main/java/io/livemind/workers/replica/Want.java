package io.livemind.workers.replica;

import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Task;

/**
 * What a place at a replica is wanted for.
 *
 * @param session whose calls should meet the same replica
 * @param promptLength of all messages together, in UTF-16 units
 * @param maximumTokens of the reply; 0 where nothing is said
 * @param callsBefore for the same task: each of them, as it came to nothing, puts the first replica
 *     of the session's order at the end
 */
public record Want(String session, long promptLength, int maximumTokens, int callsBefore) {
  /** Usual for English text and the tokenizers of today; code has fewer characters a token. */
  private static final int CHARACTERS_A_TOKEN = 4;

  /** Hardly any text has more: what is too long by this measure is too long. */
  private static final int MOST_CHARACTERS_A_TOKEN = 8;

  /**
   * A place for a call of this task.
   *
   * @param retries calls that this attempt has made before
   */
  public static Want of(String session, Task task, int retries) {
    long length = 0;
    for (Message message : task.getMessages()) length += message.getContent().length();
    int maximumTokens = task.getMaximumTokens().orElse(0);
    return new Want(session, length, maximumTokens, task.getAttempt() - 1 + retries);
  }

  /** Tokens of this much text, about. */
  public static long tokens(long length) {
    return Math.ceilDiv(length, CHARACTERS_A_TOKEN);
  }

  /** Whether prompt and reply fit the window by the usual measure. */
  boolean likelyFits(int window) {
    return tokens(promptLength) + maximumTokens <= window;
  }

  /** Whether the prompt alone may fit the window. */
  boolean mayFit(int window) {
    return promptLength / MOST_CHARACTERS_A_TOKEN < window;
  }
}
