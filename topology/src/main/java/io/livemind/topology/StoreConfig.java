package io.livemind.topology;

import io.livemind.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where sessions are kept, how many, and for how long.
 *
 * @param kind where they are kept between restarts of the changelog
 * @param directory where RocksDB keeps them
 * @param standbyReplicas copies on other instances
 * @param sessionsPerPartition open sessions of a partition, and those deleted within the last hour:
 *     what an instance holds in memory; further ones get {@code too_many_sessions}. A partition
 *     that has more when it is assigned keeps them
 * @param sessionExpiry a session in which nothing happens for so long is deleted
 * @param rewriteInterval log segments and files are rewritten without what was deleted after so
 *     long
 * @param deletedMemory a deleted session is remembered for so long: as long as the log keeps
 *     fragments, none of which may bring it back
 */
public record StoreConfig(
    Kind kind,
    Path directory,
    int standbyReplicas,
    int sessionsPerPartition,
    Duration sessionExpiry,
    Duration rewriteInterval,
    Duration deletedMemory) {

  /** Where sessions are kept. */
  public enum Kind {
    MEMORY,
    ROCKSDB
  }

  public StoreConfig {
    check(
        standbyReplicas >= 0,
        "topology.standby-replicas must not be negative, but is " + standbyReplicas);
    check(
        sessionsPerPartition >= 1,
        "topology.limits.sessions-per-partition must be at least 1, but is "
            + sessionsPerPartition);
    check(
        sessionExpiry.toMinutes() >= 1,
        "topology.session-expiry must be at least one minute, but is " + sessionExpiry);
    check(
        rewriteInterval.toSeconds() >= 1 && rewriteInterval.toDays() <= 7,
        "topology.rewrite-interval must lie between 1 s and 7 days, but is " + rewriteInterval);
  }

  /** Defaults for a process of its own. */
  public static StoreConfig defaults(Path directory) {
    return new StoreConfig(
        Kind.ROCKSDB,
        directory,
        0,
        100_000,
        Duration.ofHours(24),
        Duration.ofMinutes(10),
        Topics.RETENTION);
  }

  /** The same in a process that holds everything: nobody else could hold a copy. */
  StoreConfig alone(Kind other) {
    return new StoreConfig(
        other, directory, 0, sessionsPerPartition, sessionExpiry, rewriteInterval, deletedMemory);
  }

  /** The same with copies on other instances. */
  public StoreConfig withStandbyReplicas(int replicas) {
    return new StoreConfig(
        kind,
        directory,
        replicas,
        sessionsPerPartition,
        sessionExpiry,
        rewriteInterval,
        deletedMemory);
  }

  /** The same with another bound on sessions. */
  public StoreConfig holding(int sessions) {
    return new StoreConfig(
        kind, directory, standbyReplicas, sessions, sessionExpiry, rewriteInterval, deletedMemory);
  }

  /** The same with sessions that go when nothing happened for so long. */
  public StoreConfig expiring(Duration expiry) {
    return new StoreConfig(
        kind,
        directory,
        standbyReplicas,
        sessionsPerPartition,
        expiry,
        rewriteInterval,
        deletedMemory);
  }

  /** The same with what was deleted rewritten after so long. */
  public StoreConfig rewriting(Duration interval) {
    return new StoreConfig(
        kind,
        directory,
        standbyReplicas,
        sessionsPerPartition,
        sessionExpiry,
        interval,
        deletedMemory);
  }

  /** The same where the log keeps fragments for so long. */
  public StoreConfig remembering(Duration memory) {
    return new StoreConfig(
        kind,
        directory,
        standbyReplicas,
        sessionsPerPartition,
        sessionExpiry,
        rewriteInterval,
        memory);
  }

  private static void check(boolean holds, String message) {
    if (!holds) throw new IllegalArgumentException(message);
  }
}
