package io.livemind.topology.state;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map that holds what was used latest, and forgets the rest: what it holds can be made again.
 *
 * <p>Threading: owned by one thread.
 */
public final class LatestUsed<K, V> extends LinkedHashMap<K, V> {
  private final int bound;

  public LatestUsed(int bound) {
    super(16, 0.75f, true);
    this.bound = bound;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > bound;
  }
}
