package io.livemind.topology;

import io.livemind.schemas.avro.SessionOptions;
import io.livemind.topology.session.WorkerRules;
import io.livemind.topology.typing.TypingLimits;
import java.util.OptionalLong;

/**
 * Bounds on what a task repeats beside the prompt. A task is one record, so what it holds at most
 * must fit the largest record; that is checked at the start, and not found out by a long prompt.
 *
 * @param inferencesPerTurn most that the options of a session may ask for; an inference holds
 *     {@link WorkerRules#LONGEST_MEMORY} UTF-16 units at most
 * @param historyLength UTF-16 units of earlier turns; older ones are left out of a task
 * @param systemLength UTF-16 units of the system message and the answer format of a session
 */
public record TaskLimits(int inferencesPerTurn, int historyLength, int systemLength) {
  public static final TaskLimits DEFAULT = new TaskLimits(64, 262_144, 32_768);

  /** Bytes of the largest record of the task topics and of {@code answers}, see {@code Topics}. */
  static final int LARGEST_RECORD = 4_194_304;

  /** A UTF-16 unit is at most so many bytes of UTF-8. */
  private static final int BYTES = 3;

  /** Our own messages and everything else in a task. */
  private static final int REST = 65_536;

  public TaskLimits {
    positive("tasks.inferences-per-turn", inferencesPerTurn);
    positive("tasks.history-length", historyLength);
    positive("tasks.system-length", systemLength);
  }

  /** Bytes of the largest task. */
  long largestTask(TypingLimits typing) {
    long memory = (long) inferencesPerTurn * WorkerRules.LONGEST_MEMORY;
    return REST + BYTES * (typing.promptLength() + memory + historyLength + systemLength);
  }

  /**
   * Bytes of the largest head: open text and what waits for its turn are a prompt each at most, and
   * a draft was one result.
   */
  static long largestHead(TypingLimits typing) {
    return REST + BYTES * 2L * typing.promptLength() + LARGEST_RECORD;
  }

  /**
   * Bytes of the largest snapshot: the prompt that is answered, the one that is typed, and what
   * was.
   */
  long largestSnapshot(TypingLimits typing) {
    long memory = (long) inferencesPerTurn * WorkerRules.LONGEST_MEMORY;
    return REST + BYTES * (2L * typing.promptLength() + memory + Snapshots.LONGEST_TURNS);
  }

  /** The bound that a client's options exceed: a task of the session might not fit a record. */
  OptionalLong exceeded(SessionOptions options) {
    if (options.getMaximumInferencesPerTurn() > inferencesPerTurn)
      return OptionalLong.of(inferencesPerTurn);
    int system =
        options.getSystem().map(String::length).orElse(0)
            + options.getAnswerFormat().map(String::length).orElse(0);
    return system > systemLength ? OptionalLong.of(systemLength) : OptionalLong.empty();
  }

  private static void positive(String key, int value) {
    if (value < 1) throw new IllegalArgumentException(key + " must be at least 1, but is " + value);
  }
}
