package io.livemind.simulator;

/** Mixes numbers into one that looks random: the finaliser of SplitMix64 (Steele, Lea, Flood). */
final class Mix {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private Mix() {}

  static long of(long first, long second) {
    return of(first + GOLDEN * (second + 1));
  }

  static long of(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
