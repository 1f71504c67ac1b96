package io.livemind.simulator;

import java.util.LinkedHashMap;

/**
 * Which blocks of prompt tokens a serving engine still holds: least recently used out first, and of
 * one prompt the last block first, since a block is of use only with all before it.
 *
 * <p>Threading: any thread; every method holds the lock for one pass over the blocks.
 */
final class PrefixCache {
  private final int capacity;

  /** From the least to the most recently used. */
  private final LinkedHashMap<Long, Boolean> held = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param capacity blocks; 0 caches nothing
   */
  PrefixCache(int capacity) {
    this.capacity = capacity;
  }

  /** How many of a prompt's first blocks are held; using them makes them recent. */
  synchronized int use(long[] blocks) {
    int hits = 0;
    while (hits < blocks.length && held.containsKey(blocks[hits])) hits++;
    for (int i = hits - 1; i >= 0; i--) held.get(blocks[i]);
    return hits;
  }

  /** Holds these blocks from now on, in place of the least recently used. */
  synchronized void hold(long[] blocks) {
    for (int i = Math.min(blocks.length, capacity) - 1; i >= 0; i--)
      held.put(blocks[i], Boolean.TRUE);
    var eldest = held.entrySet().iterator();
    for (int excess = held.size() - capacity; excess > 0; excess--) {
      eldest.next();
      eldest.remove();
    }
  }

  synchronized int size() {
    return held.size();
  }
}
