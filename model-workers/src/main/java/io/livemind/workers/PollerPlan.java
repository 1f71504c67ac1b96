package io.livemind.workers;

import java.util.List;

/**
 * How the places of a worker are divided among the share consumers of one topic.
 *
 * @param places tasks of this consumer at a time
 * @param batch records of one poll, at most; it polls only when so many of its places are free
 */
record PollerPlan(int places, int batch) {
  /** From here on one record a poll is not enough to fill the places. */
  private static final int MANY = 64;

  private static final int BATCH = 8;

  /**
   * Two consumers, because a fetch that carries acknowledgements waits until they are stored, while
   * the other's is already there (measured: half the delay). From {@value #MANY} places on they
   * take {@value #BATCH} records at a time, and a third one fills the last places one by one.
   */
  static List<PollerPlan> of(int places) {
    if (places == 1) return List.of(new PollerPlan(1, 1));
    if (places < MANY) {
      return List.of(new PollerPlan((places + 1) / 2, 1), new PollerPlan(places / 2, 1));
    }
    int many = places - BATCH;
    return List.of(
        new PollerPlan((many + 1) / 2, BATCH),
        new PollerPlan(many / 2, BATCH),
        new PollerPlan(BATCH, 1));
  }
}
