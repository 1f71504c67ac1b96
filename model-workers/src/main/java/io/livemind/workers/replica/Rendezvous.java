package io.livemind.workers.replica;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.utils.Utils;

/**
 * Rendezvous hashing: each key has its own order of the candidates, the same in every process, and
 * a candidate that leaves changes only the keys that it was first for. So a session's calls meet
 * the prefix cache that its earlier calls filled.
 */
final class Rendezvous {
  private Rendezvous() {}

  /**
   * The candidates in the key's order.
   *
   * @param name what tells a candidate from others, the same in every process
   */
  static <T> List<T> order(String key, List<T> candidates, Function<T, String> name) {
    if (candidates.size() == 1) return candidates;
    return candidates.stream()
        .sorted(Comparator.comparingLong(candidate -> -weight(key, name.apply(candidate))))
        .toList();
  }

  private static long weight(String key, String name) {
    byte[] both = (key + '\n' + name).getBytes(StandardCharsets.UTF_8);
    return mixed(Integer.toUnsignedLong(Utils.murmur2(both)));
  }

  /** The finish of MurmurHash3 (public domain): names that differ in one letter part ways. */
  private static long mixed(long hash) {
    long bits = hash;
    bits = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
    bits = (bits ^ (bits >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return (bits ^ (bits >>> 33)) >>> 1;
  }
}
