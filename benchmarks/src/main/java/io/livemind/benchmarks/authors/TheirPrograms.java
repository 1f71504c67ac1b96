package io.livemind.benchmarks.authors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * A program of its own for each person. Each key is an event with a thread of its own, as in a web
 * page's server, so that those who type keep their schedule while keys wait.
 *
 * <p>Threading: one thread types and closes; results are whole after {@link #close}.
 */
final class TheirPrograms implements HumanPace.Program, AutoCloseable {
  private final List<OneProcessDesign> designs = new ArrayList<>();
  private final List<StringBuilder> texts = new ArrayList<>();
  private final List<Thread> events = new ArrayList<>();
  private final Histogram held = new ConcurrentHistogram(HumanSpeeds.LONGEST_NANOS, 3);
  private final Histogram submits = new ConcurrentHistogram(HumanSpeeds.LONGEST_NANOS, 3);
  private final LongAdder calls = new LongAdder();

  /** Each has typed a text of this length, and begun a sentence. */
  TheirPrograms(HumanPace pace, int length, Duration model) {
    for (int person = 0; person < pace.people(); person++) {
      var text = new StringBuilder();
      while (text.length() < length) text.append(HumanPace.SENTENCE);
      text.append(pace.begun(person));
      var design = new OneProcessDesign(() -> call(model));
      design.begun(text.toString());
      texts.add(text);
      designs.add(design);
    }
  }

  private void call(Duration model) {
    calls.increment();
    try {
      Thread.sleep(model);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void key(int person, String key, long dueNanos) {
    String text = texts.get(person).append(key).toString();
    events.add(
        Thread.startVirtualThread(
            () -> {
              designs.get(person).typed(text);
              HumanSpeeds.record(held, dueNanos);
            }));
  }

  @Override
  public void submit(int person, long dueNanos) {
    String text = texts.get(person).toString();
    events.add(
        Thread.startVirtualThread(
            () -> {
              int unused =
                  designs.get(person).submitted(text, () -> HumanSpeeds.record(submits, dueNanos));
            }));
  }

  /** How long each key was held, from when it was due. */
  Histogram held() {
    return held;
  }

  /** From when the submits were due until the model was called for the answers. */
  Histogram submits() {
    return submits;
  }

  /** To the model. */
  long calls() {
    return calls.sum();
  }

  @Override
  public void close() throws InterruptedException {
    for (Thread event : events) event.join();
  }
}
