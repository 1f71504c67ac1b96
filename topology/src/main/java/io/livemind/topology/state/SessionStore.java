package io.livemind.topology.state;

import io.livemind.schemas.AvroSerde;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.topology.prompt.Conversation.Inference;
import io.livemind.topology.state.avro.StoredHead;
import io.livemind.topology.state.avro.StoredHistory;
import io.livemind.topology.state.avro.StoredInference;
import io.livemind.topology.state.avro.StoredTurn;
import io.livemind.topology.typing.Segment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of all sessions of a partition, in one key-value store.
 *
 * <pre>
 *   SESSION|head                              small
 *   SESSION|options                           put once, at the start
 *   SESSION|segment|TURN INDEX REVISION       closed pieces of a prompt that is typed or answered
 *   SESSION|inference|TURN STEP               its memory
 *   SESSION|turn|TURN                         finished turns
 *   SESSION|history                           the first of them in short, and how much there is
 *   SESSION|deleted                           when it was deleted
 *   SESSION|spent                             owner and spending of a deleted one
 * </pre>
 *
 * <p>Guarantee: whichever first part of the writes reaches the changelog, what the head counts is
 * there. The parts of a step are put first, under keys that no earlier head counts; then the head;
 * and then what it no longer counts is deleted. What a cut leaves over is read by nobody, and goes
 * with its turn or its session.
 *
 * <p>Threading: owned by the Streams thread of the partition.
 */
public final class SessionStore {
  /** Name of the state store and so of its changelog. */
  public static final String NAME = "sessions";

  /** Bytes: a finished turn holds its prompt twice, its memory and its answer. */
  public static final int LARGEST_RECORD = 8_388_608;

  /**
   * Configuration of the changelog: what was deleted leaves it by compaction, whether much is
   * written or nothing.
   *
   * @param rewriteInterval after which a segment is closed, and compacted at the latest; for as
   *     long again a tombstone is kept for whoever reads behind
   */
  public static Map<String, String> changelog(Duration rewriteInterval) {
    String millis = Long.toString(rewriteInterval.toMillis());
    return Map.of(
        "cleanup.policy", "compact",
        "max.compaction.lag.ms", millis,
        "delete.retention.ms", millis,
        "segment.ms", millis,
        "max.message.bytes", Integer.toString(LARGEST_RECORD));
  }

  /** Sorts before every session's keys, and no session has it. */
  public static final String NOBODYS_KEY = "|";

  private static final String HEAD = "head";
  private static final String OPTIONS = "options";
  static final String SEGMENT = "segment";
  private static final String INFERENCE = "inference";
  private static final String TURN = "turn";
  private static final String HISTORY = "history";
  private static final String DELETED = "deleted";
  private static final String SPENT = "spent";

  private static final int MOST = Integer.MAX_VALUE;

  /** Keys of a range that go with the next head, if they were put before a revision. */
  private record Outdated(String from, String to, int beforeRevision) {}

  // Of all partitions: each would hold its own copies of the released schemas.
  private static final AvroSerde<StoredHead> HEADS = StateSchemas.serde(StoredHead.class);
  private static final AvroSerde<SessionOptions> SESSION_OPTIONS =
      StateSchemas.serde(SessionOptions.class);
  private static final AvroSerde<StoredInference> INFERENCES =
      StateSchemas.serde(StoredInference.class);
  private static final AvroSerde<StoredTurn> TURNS = StateSchemas.serde(StoredTurn.class);
  private static final AvroSerde<StoredHistory> HISTORIES = StateSchemas.serde(StoredHistory.class);

  private final KeyValueStore<String, byte[]> store;
  private final SegmentEntries segments;
  private final List<Outdated> outdated = new ArrayList<>();
  private final HeadCodec headCodec = new HeadCodec();
  private final KnownOptions knownOptions;

  /**
   * The sessions of one partition.
   *
   * @param knownOptions of all partitions of the process
   */
  public SessionStore(KeyValueStore<String, byte[]> store, KnownOptions knownOptions) {
    this.store = store;
    this.knownOptions = knownOptions;
    this.segments = new SegmentEntries(store);
  }

  /** The head of an open session. */
  public Optional<Head> head(String session) {
    return read(session + "|" + HEAD, HEADS).map(headCodec::fromStored);
  }

  /** A step begins: what one that failed wanted to go stays, because its head was not put. */
  public void beginStep() {
    outdated.clear();
  }

  /** Called after the parts that the head counts; deletes the ones that it no longer counts. */
  public void putHead(String session, Head head) {
    store.put(session + "|" + HEAD, HEADS.encode(headCodec.toStored(head)));
    outdated.forEach(this::delete);
    outdated.clear();
  }

  /** Is shown the sessions of a partition. */
  public interface Visitor {
    void open(String session, Head head);

    default void deleted(String session, long atMillis) {}

    /** Parts are left of a session that is not open. */
    default void leftOver(String session) {}
  }

  /** Shows every session of the partition; reads the whole store. */
  public void forEachSession(Visitor visitor) {
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      var found = new Found("");
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        String session = entry.key.substring(0, entry.key.indexOf('|'));
        if (!session.equals(found.session)) {
          found.show(visitor);
          found = new Found(session);
        }
        found.take(entry.key.substring(session.length() + 1), entry.value);
      }
      found.show(visitor);
    }
  }

  /** The entries of one session, which lie one behind the other. */
  private final class Found {
    private final String session;
    private Optional<Head> head = Optional.empty();
    private OptionalLong deletedAtMillis = OptionalLong.empty();
    private boolean parts;

    Found(String session) {
      this.session = session;
    }

    void take(String kind, byte[] value) {
      switch (kind) {
        case HEAD -> head = Optional.of(headCodec.fromStored(HEADS.decode(value)));
        case DELETED ->
            deletedAtMillis =
                OptionalLong.of(Long.parseLong(new String(value, StandardCharsets.US_ASCII)));
        case SPENT -> {}
        default -> parts = true;
      }
    }

    void show(Visitor visitor) {
      if (session.isEmpty()) return;
      head.ifPresent(found -> visitor.open(session, found));
      deletedAtMillis.ifPresent(at -> visitor.deleted(session, at));
      if (parts && head.isEmpty()) visitor.leftOver(session);
    }
  }

  /** The options of an open session; sessions with the same options share them in memory. */
  public SessionOptions options(String session, Head head) {
    return head.optionsDigest() == Head.UNKNOWN_OPTIONS
        ? storedOptions(session)
        : knownOptions.of(head.optionsDigest(), () -> storedOptions(session));
  }

  private SessionOptions storedOptions(String session) {
    return read(session + "|" + OPTIONS, SESSION_OPTIONS)
        .orElseThrow(() -> new IllegalStateException("an open session has no options"));
  }

  /** Called before the session's first head is put, which names the options by their digest. */
  public void putOptions(String session, SessionOptions chosen) {
    store.put(session + "|" + OPTIONS, SESSION_OPTIONS.encode(chosen));
  }

  /** A segment of the prompt as it is from this revision on. */
  public void putSegment(String session, int turn, int revision, Segment segment) {
    segments.put(session, turn, revision, segment);
  }

  /** A segment of the prompt as it is at this revision. */
  public Segment segment(String session, int turn, int revision, int index) {
    return segments.get(session, turn, revision, index);
  }

  /**
   * Shows the prompt's segments before {@code segmentCount} at this revision, the last one first,
   * as long as the visitor wants more.
   */
  public void segmentsBackwards(
      String session, int turn, int revision, int segmentCount, Predicate<Segment> visitor) {
    segments.backwards(session, turn, revision, segmentCount, visitor);
  }

  /** Texts of the prompt's segments before {@code segmentCount} at this revision, in order. */
  public List<String> segmentTexts(String session, int turn, int revision, int segmentCount) {
    return segments.texts(session, turn, revision, segmentCount);
  }

  /** What the model concluded in this step of the turn. */
  public void putInference(String session, int turn, int step, String reply, int segmentCount) {
    store.put(
        key(session, INFERENCE, turn, step),
        INFERENCES.encode(new StoredInference(reply, segmentCount)));
  }

  /** What was concluded in these steps of the turn, in order. */
  public List<Inference> inferences(String session, int turn, List<Integer> steps) {
    List<Inference> found = new ArrayList<>(steps.size());
    for (int step : steps) {
      StoredInference stored =
          read(key(session, INFERENCE, turn, step), INFERENCES)
              .orElseThrow(() -> new IllegalStateException("a counted inference is not stored"));
      found.add(new Inference(stored.getReply(), stored.getSegments()));
    }
    return found;
  }

  /** With the next head, segments from this one on go that were put before this revision. */
  public void forgetSegments(String session, int turn, int from, int revision) {
    outdated.add(
        new Outdated(
            key(session, SEGMENT, turn, from), key(session, SEGMENT, turn, MOST) + "~", revision));
  }

  /** With the next head, what was concluded in this step goes. */
  public void forgetInference(String session, int turn, int step) {
    String key = key(session, INFERENCE, turn, step);
    outdated.add(new Outdated(key, key, MOST));
  }

  /** With the next head, all parts of a turn go. */
  public void forgetTurnParts(String session, int turn) {
    forgetSegments(session, turn, 0, MOST);
    outdated.add(
        new Outdated(key(session, INFERENCE, turn, 0), key(session, INFERENCE, turn, MOST), MOST));
  }

  private void delete(Outdated range) {
    List<String> keys = new ArrayList<>();
    try (var entries = store.range(range.from(), range.to())) {
      while (entries.hasNext()) {
        String key = entries.next().key;
        if (SegmentEntries.revisionOf(key, range.from().length()) < range.beforeRevision())
          keys.add(key);
      }
    }
    keys.forEach(store::delete);
  }

  public void putTurn(String session, StoredTurn turn) {
    store.put(key(session, TURN, turn.getTurn(), 0), TURNS.encode(turn));
  }

  public Optional<StoredTurn> turn(String session, int turn) {
    return read(key(session, TURN, turn, 0), TURNS);
  }

  /** What is known of the finished turns as a whole, once there is one. */
  public Optional<StoredHistory> history(String session) {
    return read(session + "|" + HISTORY, HISTORIES);
  }

  public void putHistory(String session, StoredHistory history) {
    store.put(session + "|" + HISTORY, HISTORIES.encode(history));
  }

  /**
   * Deletes everything of the session at once, and remembers that it was deleted; the head first,
   * so that whatever a cut leaves is found without one.
   */
  public void delete(String session, long nowMillis) {
    store.delete(session + "|" + HEAD);
    store.put(
        session + "|" + DELETED, Long.toString(nowMillis).getBytes(StandardCharsets.US_ASCII));
    deleteParts(session);
  }

  /** Deletes what is left of a session that is not open, but that it was deleted, and its cost. */
  public void deleteParts(String session) {
    List<String> keys = new ArrayList<>();
    try (var entries = store.range(session + "|", session + "}")) {
      entries.forEachRemaining(entry -> keys.add(entry.key));
    }
    keys.remove(session + "|" + DELETED);
    keys.remove(session + "|" + SPENT);
    keys.forEach(store::delete);
  }

  /**
   * Whether the session was deleted lately, so that a fragment on its way must not bring it back.
   */
  public boolean isDeleted(String session) {
    return store.get(session + "|" + DELETED) != null;
  }

  /** What a session spent that was deleted: a head without content. */
  public Optional<Head> spent(String session) {
    return read(session + "|" + SPENT, HEADS).map(headCodec::fromStored);
  }

  /** Called after {@link #delete}; goes with that it was deleted. */
  public void putSpent(String session, Head head) {
    store.put(session + "|" + SPENT, HEADS.encode(headCodec.toStored(head)));
  }

  /** Forgets that the session was deleted: its fragments have left the log. */
  public void forgetDeleted(String session) {
    store.delete(session + "|" + SPENT);
    store.delete(session + "|" + DELETED);
  }

  /** Writes what holds nothing: the changelog's segment is closed by what is written behind it. */
  public void writeBehind() {
    store.delete(NOBODYS_KEY);
  }

  private <T extends SpecificRecord> Optional<T> read(String key, AvroSerde<T> serde) {
    byte @Nullable [] bytes = store.get(key);
    return bytes == null ? Optional.empty() : Optional.of(serde.decode(bytes));
  }

  static String key(String session, String kind, int turn, int index) {
    return session + "|" + kind + "|" + hex(turn) + hex(index);
  }

  /** Eight digits, so that keys sort as numbers do. */
  static String hex(int number) {
    return HexFormat.of().toHexDigits(number);
  }
}
