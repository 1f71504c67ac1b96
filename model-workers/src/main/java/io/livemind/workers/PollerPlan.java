package io.livemind.workers;

import java.util.List;

/**
 * One of the share consumers that take the tasks of a topic into the places of a worker.
 *
 * @param batch records of one poll, at most; it polls only when so many places are free
 */
record PollerPlan(int batch) {
  /**
   * Two consumers, because a fetch that carries acknowledgements waits until they are stored, while
   * the other's is already there (measured: half the delay). The more places, the more records they
   * take at a time: of 1,000 places 16, of 100 places 5. Where they take batches, a third one takes
   * single records, so that the last free places are used, too.
   */
  static List<PollerPlan> of(int places) {
    var single = new PollerPlan(1);
    if (places == 1) return List.of(single);
    var many = new PollerPlan(Math.max(1, (int) Math.round(Math.sqrt(places) / 2)));
    return many.equals(single) ? List.of(single, single) : List.of(many, many, single);
  }
}
