package io.livemind.simulator;

/**
 * How a simulated model behaves in time. {@link ModelProfiles} has those that ship.
 *
 * @param name of the profile, not of the model that clients ask for
 * @param source where the figures come from
 * @param latency of calls that think, and of answers that follow thinking
 * @param conventionalLatency of answers that follow no thinking
 * @param maxSequences calls that run at once; the others wait
 * @param maxQueue calls that wait; one more gets status 503
 * @param priorityQueue whether the request's {@code priority} orders the queue (lower is earlier);
 *     otherwise the order is that of arrival
 * @param loadFactor how much longer prefill and decode take when {@code maxSequences} run than when
 *     one does; in between in proportion. 1: load does not matter
 * @param jitter standard deviation of prefill and of each token's time as a share of the mean, at
 *     most {@value #MAXIMUM_JITTER}; each is clamped to ±70 % of the mean
 * @param cacheBlocks blocks of 16 prompt tokens that the prefix cache holds; 0: there is none
 * @param seed of the jitter: the same call takes the same time in each run
 */
public record ModelProfile(
    String name,
    String source,
    LatencyModel latency,
    LatencyModel conventionalLatency,
    int maxSequences,
    int maxQueue,
    boolean priorityQueue,
    double loadFactor,
    double jitter,
    int cacheBlocks,
    long seed) {
  /** Above it the clamping would move the mean. */
  public static final double MAXIMUM_JITTER = 0.3;

  public ModelProfile {
    if (name.isBlank()) throw new IllegalArgumentException("name must not be blank");
    check(maxSequences >= 1, "sequences", "1 or more", maxSequences);
    check(maxQueue >= 0, "queue", "0 or more", maxQueue);
    check(
        loadFactor >= 1 && !Double.isInfinite(loadFactor), "load-factor", "1 or more", loadFactor);
    check(jitter >= 0 && jitter <= MAXIMUM_JITTER, "jitter", "from 0 to " + MAXIMUM_JITTER, jitter);
    check(cacheBlocks >= 0, "cache-blocks", "0 or more", cacheBlocks);
  }

  private static void check(boolean holds, String key, String rule, Object value) {
    SimulatorConfig.check(holds, "engine." + key, rule, value, "");
  }

  /** A model that takes this time for every call, however many run, without jitter and cache. */
  public static ModelProfile of(String name, LatencyModel latency) {
    return new ModelProfile(
        name, "set by hand", latency, latency, ModelProfiles.UNLIMITED, 0, false, 1, 0, 0, 0);
  }

  /** The same with a limit of calls that run, a queue behind it, and what load costs. */
  public ModelProfile withConcurrency(int sequences, int queue, double factor) {
    return new ModelProfile(
        name,
        source,
        latency,
        conventionalLatency,
        sequences,
        queue,
        priorityQueue,
        factor,
        jitter,
        cacheBlocks,
        seed);
  }

  /** The same with a queue in the order of priorities, or not. */
  public ModelProfile withPriorityQueue(boolean byPriority) {
    return new ModelProfile(
        name,
        source,
        latency,
        conventionalLatency,
        maxSequences,
        maxQueue,
        byPriority,
        loadFactor,
        jitter,
        cacheBlocks,
        seed);
  }

  /** The same with jitter. */
  public ModelProfile withJitter(double share, long newSeed) {
    return new ModelProfile(
        name,
        source,
        latency,
        conventionalLatency,
        maxSequences,
        maxQueue,
        priorityQueue,
        loadFactor,
        share,
        cacheBlocks,
        newSeed);
  }

  /** The same with a prefix cache of this many blocks. */
  public ModelProfile withCacheBlocks(int blocks) {
    return new ModelProfile(
        name,
        source,
        latency,
        conventionalLatency,
        maxSequences,
        maxQueue,
        priorityQueue,
        loadFactor,
        jitter,
        blocks,
        seed);
  }

  /** How much longer prefill and decode take while so many calls run. */
  double loadFactorAt(int running) {
    if (maxSequences == 1) return 1;
    double share = (Math.min(running, maxSequences) - 1) / (double) (maxSequences - 1);
    return 1 + (loadFactor - 1) * Math.max(0, share);
  }
}
