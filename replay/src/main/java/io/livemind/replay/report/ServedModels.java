package io.livemind.replay.report;

import java.util.List;
import java.util.Optional;

/** What is known of the models that served a session; handed in by whoever runs them. */
public interface ServedModels {

  /** Nothing is known: the models are somebody else's. */
  ServedModels UNKNOWN =
      new ServedModels() {
        @Override
        public Optional<List<Interval>> times(String sessionId) {
          return Optional.empty();
        }

        @Override
        public Optional<Counts> counts(String sessionId) {
          return Optional.empty();
        }
      };

  /**
   * The recorded outputs, compared with what was asked for.
   *
   * @param surplusInferences thinking calls beyond the recorded ones; they were answered {@code
   *     wait}
   * @param unservedInferences recorded replies that nobody asked for
   * @param violations calls whose messages were not what they must be
   */
  record Counts(int surplusInferences, int unservedInferences, int violations) {

    Counts plus(Counts other) {
      return new Counts(
          surplusInferences + other.surplusInferences,
          unservedInferences + other.unservedInferences,
          violations + other.violations);
    }
  }

  /**
   * When the models worked for a session, on the player's monotonic clock: from the arrival of each
   * request to its last token.
   */
  Optional<List<Interval>> times(String sessionId);

  /** What became of the session's recorded outputs. */
  Optional<Counts> counts(String sessionId);

  /**
   * What calls have cost.
   *
   * @param prompt tokens
   * @param cached prompt tokens that the models took from their prefix caches
   * @param completion tokens
   * @param wasted tokens, of prompt and reply, of calls that came to nothing: cancelled, cut off,
   *     or an answer that was begun again
   */
  record Tokens(long prompt, long cached, long completion, long wasted) {

    Tokens plus(Tokens other) {
      return new Tokens(
          prompt + other.prompt,
          cached + other.cached,
          completion + other.completion,
          wasted + other.wasted);
    }

    /** Of prompts and replies. */
    public long all() {
      return prompt + completion;
    }
  }

  /** Whether replies are recorded or made up, so that they say nothing of what was thought. */
  default boolean simulated() {
    return false;
  }

  /** What the session's calls have cost, where known. */
  default Optional<Tokens> tokens(String sessionId) {
    return Optional.empty();
  }
}
