package io.livemind.cli.config;

import io.livemind.topology.StoreConfig;
import io.livemind.topology.TaskLimits;
import io.livemind.topology.TopologyConfig;
import io.livemind.topology.session.SessionTimes;
import io.livemind.topology.typing.TypingLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a topology instance can be told. */
final class TopologyKeys {
  private static final TopologyConfig USUAL =
      TopologyConfig.defaults(
          Keys.APPLICATION_ID_DEFAULT, Map.of("bootstrap.servers", "-"), Path.of("state"));
  private static final StoreConfig STORED = USUAL.store();
  private static final TypingLimits LIMITS = USUAL.limits();
  private static final TaskLimits TASKS = USUAL.taskLimits();
  private static final SessionTimes TIMES = USUAL.times();

  static final Key<Path> STATE_DIRECTORY =
      Key.of(
          "topology.state-directory",
          Kind.PATH,
          STORED.directory().toString(),
          "Where RocksDB keeps the sessions of this instance. Its own volume; what is lost there is"
              + " restored from Kafka.");

  static final Key<StoreConfig.Kind> STORE =
      Key.choice(
          "topology.store",
          StoreConfig.Kind.class,
          STORED.kind(),
          "Where sessions are kept between restarts of the changelog.");

  static final Key<Integer> STREAM_THREADS =
      Key.integer(
          "topology.stream-threads",
          USUAL.streamThreads(),
          "Threads that share the partitions of this instance.");

  static final Key<Integer> STANDBY_REPLICAS =
      Key.integer(
          "topology.standby-replicas",
          STORED.standbyReplicas(),
          "Copies of the store on other instances; 1 makes a failover short.");

  static final Key<Duration> COMMIT_INTERVAL =
      Key.duration(
          "topology.commit-interval",
          USUAL.commitInterval(),
          "What a crash processes again, from 10ms to 30s.");

  static final Key<Boolean> EXACTLY_ONCE =
      Key.flag(
          "topology.exactly-once",
          USUAL.exactlyOnce(),
          "`exactly_once_v2`: costs half a commit interval a hop.");

  static final Key<Duration> SESSION_EXPIRY =
      Key.duration(
          "topology.session-expiry",
          STORED.sessionExpiry(),
          "A session in which nothing happens for so long is deleted; one minute at least.");

  static final Key<Duration> REWRITE_INTERVAL =
      Key.duration(
          "topology.rewrite-interval",
          STORED.rewriteInterval(),
          "Segments of the changelog and files of RocksDB are rewritten without what was deleted"
              + " after so long, from 1s to 7d. The changelog's part is set when it is created.");

  static final Key<Integer> SESSIONS_PER_PARTITION =
      Key.integer(
          "topology.limits.sessions-per-partition",
          STORED.sessionsPerPartition(),
          "Sessions of a partition that are open, or were deleted within the hour; further ones are"
              + " `too_many_sessions`.");

  static final Key<Integer> FRAGMENT_LENGTH =
      Key.integer(
          "topology.limits.fragment-length",
          LIMITS.fragmentLength(),
          "UTF-16 units of text in one fragment; more is `fragment_too_large`.");

  static final Key<Integer> PROMPT_LENGTH =
      Key.integer(
          "topology.limits.prompt-length",
          LIMITS.promptLength(),
          "UTF-16 units of a prompt; more is `prompt_too_large`. A task must fit a record of 4"
              + " MB.");

  static final Key<Integer> HELD_FRAGMENTS =
      Key.integer(
          "topology.limits.held-fragments",
          LIMITS.heldFragments(),
          "Fragments that may wait for a missing one, with no more text than a prompt has.");

  static final Key<Duration> GAP =
      Key.duration(
          "topology.limits.gap",
          Duration.ofMillis(LIMITS.gapMillis()),
          "How long they may wait; then the client gets `missing_sequence`.");

  static final Key<Integer> FRAGMENTS_PER_TURN =
      Key.integer(
          "topology.limits.fragments-per-turn",
          LIMITS.fragmentsPerTurn(),
          "Fragments that a turn may take; then only submit and cancel are, and the rest is"
              + " `too_many_fragments`.");

  static final Key<Integer> TURNS =
      Key.integer(
          "topology.limits.turns",
          LIMITS.turns(),
          "Turns that a session may have; then nothing is typed any more: `too_many_turns`.");

  static final Key<Integer> INFERENCES_PER_TURN =
      Key.integer(
          "topology.tasks.inferences-per-turn",
          TASKS.inferencesPerTurn(),
          "Most inferences of a turn that a session may ask for.");

  static final Key<Integer> HISTORY_LENGTH =
      Key.integer(
          "topology.tasks.history-length",
          TASKS.historyLength(),
          "UTF-16 units of earlier turns in a task; older ones are left out.");

  static final Key<Integer> SYSTEM_LENGTH =
      Key.integer(
          "topology.tasks.system-length",
          TASKS.systemLength(),
          "UTF-16 units of a session's system message and answer format.");

  static final Key<Duration> CLAIM_LEASE =
      Key.duration(
          "topology.session.claim-lease",
          Duration.ofMillis(TIMES.claimLeaseMillis()),
          "A dispatched task that nobody claimed for so long is dispatched again.");

  static final Key<Duration> HEARTBEAT_LEASE =
      Key.duration(
          "topology.session.heartbeat-lease",
          Duration.ofMillis(TIMES.heartbeatLeaseMillis()),
          "A claimed task whose worker was silent for so long is dispatched again; three heartbeats"
              + " of a worker.");

  static final Key<Integer> MAXIMUM_ATTEMPTS =
      Key.integer(
          "topology.session.maximum-attempts",
          TIMES.maximumAttempts(),
          "Dispatches of one task; an inference is then given up, an answer fails.");

  static final Key<Duration> STOP =
      Key.duration(
          "topology.session.stop",
          Duration.ofMillis(TIMES.stopMillis()),
          "How long the text of a cancelled answer is waited for.");

  static final Key<Duration> FIRST_RETRY =
      Key.duration(
          "topology.session.first-retry",
          Duration.ofMillis(TIMES.firstRetryMillis()),
          "Pause before an answer's second attempt after a failure; doubles each time.");

  static final Key<Duration> LONGEST_RETRY =
      Key.duration(
          "topology.session.longest-retry",
          Duration.ofMillis(TIMES.longestRetryMillis()),
          "Bound of that pause, and of what a backend's Retry-After may ask for.");

  static final List<Key<?>> ALL =
      List.of(
          STATE_DIRECTORY,
          STORE,
          STREAM_THREADS,
          STANDBY_REPLICAS,
          COMMIT_INTERVAL,
          EXACTLY_ONCE,
          SESSION_EXPIRY,
          REWRITE_INTERVAL,
          SESSIONS_PER_PARTITION,
          FRAGMENT_LENGTH,
          PROMPT_LENGTH,
          HELD_FRAGMENTS,
          GAP,
          FRAGMENTS_PER_TURN,
          TURNS,
          INFERENCES_PER_TURN,
          HISTORY_LENGTH,
          SYSTEM_LENGTH,
          CLAIM_LEASE,
          HEARTBEAT_LEASE,
          MAXIMUM_ATTEMPTS,
          STOP,
          FIRST_RETRY,
          LONGEST_RETRY);

  private TopologyKeys() {}
}
