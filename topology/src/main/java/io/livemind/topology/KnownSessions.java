package io.livemind.topology;

/**
 * How many sessions of a partition an instance holds in memory: the open ones, and those that were
 * deleted lately. At the bound no further session is opened; what is there goes on.
 *
 * <p>Threading: owned by one Streams thread.
 */
final class KnownSessions {
  private final int bound;
  private final TopologyMeters meters;
  private int open;
  private int deleted;

  KnownSessions(int bound, TopologyMeters meters) {
    this.bound = bound;
    this.meters = meters;
  }

  boolean full() {
    return open + deleted >= bound;
  }

  int bound() {
    return bound;
  }

  void opened() {
    open++;
    meters.sessions(1);
  }

  /** An open session was deleted. */
  void deleted() {
    open--;
    meters.sessions(-1);
    deleted++;
  }

  /** A session is found that was deleted before. */
  void foundDeleted() {
    deleted++;
  }

  /** A session that was deleted is forgotten. */
  void forgotten() {
    deleted--;
  }

  /** The partition goes. */
  void close() {
    meters.sessions(-open);
  }
}
