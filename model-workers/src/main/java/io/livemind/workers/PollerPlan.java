package io.livemind.workers;

import java.util.List;

/**
 * One of the share consumers that take the tasks of a topic into the places of a worker.
 *
 * @param batch records of one poll, at most; it polls only when so many places are free
 * @param below it polls only while fewer places than this are free
 */
record PollerPlan(int batch, int below) {
  private static final int BATCHES_OF_A_WORKER = 32;
  private static final int LARGEST_BATCH = 64;

  /** A plan that polls whenever there are places for a batch. */
  PollerPlan(int batch) {
    this(batch, Integer.MAX_VALUE);
  }

  /** Whether it polls as long as enough places are free; one for the last places may never. */
  boolean isSteady() {
    return below == Integer.MAX_VALUE;
  }

  /** Whether it polls when so many places are free. */
  boolean suits(int free) {
    return free >= batch && free < below;
  }

  /**
   * Two consumers, because a fetch that carries acknowledgements waits until they are stored, while
   * the other's is already there (measured: half the delay). The more places, the more records they
   * take at a time: of 1,000 places 31, of 100 places 3. Where they take batches, a third one takes
   * single records while there are too few places for a batch, so that the last ones are used, too.
   */
  static List<PollerPlan> of(int places) {
    int batch = Math.clamp(places / BATCHES_OF_A_WORKER, 1, LARGEST_BATCH);
    var many = new PollerPlan(batch);
    if (places == 1) return List.of(many);
    return batch == 1 ? List.of(many, many) : List.of(many, many, new PollerPlan(1, batch));
  }
}
