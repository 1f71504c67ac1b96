package io.livemind.benchmarks.authors;

import io.livemind.benchmarks.harness.OpenLoop;
import java.time.Duration;

/**
 * People who type one key after the other, all at the same speed, and submit once: the first of
 * them half-way, the last at the end, so that submits meet every place of a sentence. They begin at
 * different places of it too, for ends of sentences to come evenly.
 *
 * @param people at least 1
 * @param keysPerSecond of each, at least 1
 * @param duration at least 1 s
 */
record HumanPace(int people, int keysPerSecond, Duration duration) {
  static final String SENTENCE = "The old harbour freezes over almost every long January. ";

  /** Where people type; neither waits for what it sets off. */
  interface Program {
    /** A key that was due at this {@link System#nanoTime}. */
    void key(int person, String key, long dueNanos);

    /** Nothing comes of this person any more. */
    void submit(int person, long dueNanos);
  }

  /** What a person has typed of a sentence before. */
  String begun(int person) {
    return SENTENCE.substring(0, firstPlace(person));
  }

  /** Types, on this thread, for the whole duration. */
  void run(Program program) {
    int[] typed = new int[people];
    int[] next = {0};
    OpenLoop.run(
        (double) people * keysPerSecond,
        duration,
        due -> {
          int person = next[0];
          next[0] = (person + 1) % people;
          int key = typed[person]++;
          if (key < keysOf(person)) {
            int place = (firstPlace(person) + key) % SENTENCE.length();
            program.key(person, SENTENCE.substring(place, place + 1), due);
          } else if (key == keysOf(person)) {
            program.submit(person, due);
          }
        });
  }

  private int firstPlace(int person) {
    return person * SENTENCE.length() / people;
  }

  private int keysOf(int person) {
    int all = Math.toIntExact(keysPerSecond * duration.toSeconds());
    int later = all / 2;
    return all - later + person * later / people;
  }
}
