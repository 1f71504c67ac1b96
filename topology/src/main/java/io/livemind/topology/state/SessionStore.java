package io.livemind.topology.state;

import io.livemind.schemas.AvroSerde;
import io.livemind.schemas.avro.ClosedBy;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.topology.prompt.Conversation.Inference;
import io.livemind.topology.segmentation.Carry;
import io.livemind.topology.state.avro.StoredHead;
import io.livemind.topology.state.avro.StoredHistory;
import io.livemind.topology.state.avro.StoredInference;
import io.livemind.topology.state.avro.StoredSegment;
import io.livemind.topology.state.avro.StoredTurn;
import io.livemind.topology.typing.Segment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of all sessions of a partition, in one key-value store.
 *
 * <pre>
 *   SESSION|head                     small, put last
 *   SESSION|options                  put once, at the start
 *   SESSION|segment|TURN INDEX       closed pieces of a prompt that is typed or answered
 *   SESSION|inference|TURN INDEX     its memory
 *   SESSION|turn|TURN                finished turns
 *   SESSION|history                  the first of them in short, and how much there is
 *   SESSION|deleted                  when it was deleted
 * </pre>
 *
 * <p>Threading: owned by the Streams thread of the partition.
 */
public final class SessionStore {
  /** Name of the state store and so of its changelog. */
  public static final String NAME = "sessions";

  /** Bytes: a finished turn holds its prompt twice, its memory and its answer. */
  public static final int LARGEST_RECORD = 8_388_608;

  /** Configuration of the changelog: deleted text leaves it by compaction. */
  public static final Map<String, String> CHANGELOG =
      Map.of(
          "cleanup.policy", "compact",
          "max.compaction.lag.ms", "600000",
          "delete.retention.ms", "600000",
          "segment.ms", "600000",
          "max.message.bytes", Integer.toString(LARGEST_RECORD));

  private static final String HEAD = "head";
  private static final String OPTIONS = "options";
  private static final String SEGMENT = "segment";
  private static final String INFERENCE = "inference";
  private static final String TURN = "turn";
  private static final String HISTORY = "history";
  private static final String DELETED = "deleted";

  /** Options are read at every fragment and never change; the cache spares the look-up. */
  private static final int CACHED_OPTIONS = 10_000;

  private final KeyValueStore<String, byte[]> store;
  private final HeadCodec headCodec = new HeadCodec();
  private final AvroSerde<StoredHead> heads = StateSchemas.serde(StoredHead.class);
  private final AvroSerde<SessionOptions> options = new AvroSerde<>(SessionOptions.class);
  private final AvroSerde<StoredSegment> segments = StateSchemas.serde(StoredSegment.class);
  private final AvroSerde<StoredInference> inferences = StateSchemas.serde(StoredInference.class);
  private final AvroSerde<StoredTurn> turns = StateSchemas.serde(StoredTurn.class);
  private final AvroSerde<StoredHistory> histories = StateSchemas.serde(StoredHistory.class);
  private final Map<String, SessionOptions> cachedOptions =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SessionOptions> eldest) {
          return size() > CACHED_OPTIONS;
        }
      };

  public SessionStore(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  /** The head of an open session. */
  public Optional<Head> head(String session) {
    return read(session + "|" + HEAD, heads).map(headCodec::fromStored);
  }

  /** Called last, after the parts that the head counts. */
  public void putHead(String session, Head head) {
    store.put(session + "|" + HEAD, heads.encode(headCodec.toStored(head)));
  }

  /** Every open session of the partition; reads the whole store. */
  public void forEachHead(BiConsumer<String, Head> visitor) {
    String suffix = "|" + HEAD;
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        if (!entry.key.endsWith(suffix)) continue;
        String session = entry.key.substring(0, entry.key.length() - suffix.length());
        visitor.accept(session, headCodec.fromStored(heads.decode(entry.value)));
      }
    }
  }

  /** The options of an open session. */
  public SessionOptions options(String session) {
    return cachedOptions.computeIfAbsent(
        session,
        id ->
            read(id + "|" + OPTIONS, options)
                .orElseThrow(() -> new IllegalStateException("an open session has no options")));
  }

  public void putOptions(String session, SessionOptions chosen) {
    store.put(session + "|" + OPTIONS, options.encode(chosen));
    cachedOptions.put(session, chosen);
  }

  public void putSegment(String session, int turn, Segment segment) {
    store.put(
        key(session, SEGMENT, turn, segment.index()),
        segments.encode(
            new StoredSegment(
                segment.index(),
                segment.start(),
                segment.text(),
                segment.hash(),
                segment.carry().encode(),
                segment.closedBy().name())));
  }

  public Segment segment(String session, int turn, int index) {
    return read(key(session, SEGMENT, turn, index), segments)
        .map(SessionStore::fromStored)
        .orElseThrow(() -> new IllegalStateException("a counted segment is not stored"));
  }

  /** Texts of the turn's segments before {@code segmentCount}, in order. */
  public List<String> segmentTexts(String session, int turn, int segmentCount) {
    return range(session, SEGMENT, turn, segmentCount, segments, StoredSegment::getText);
  }

  public void putInference(String session, int turn, int index, String reply, int segmentCount) {
    store.put(
        key(session, INFERENCE, turn, index),
        inferences.encode(new StoredInference(reply, segmentCount)));
  }

  /** The turn's memory, in order. */
  public List<Inference> inferences(String session, int turn, int inferenceCount) {
    return range(
        session,
        INFERENCE,
        turn,
        inferenceCount,
        inferences,
        stored -> new Inference(stored.getReply(), stored.getSegments()));
  }

  public void deleteSegments(String session, int turn, int from, int to) {
    for (int index = from; index < to; index++) store.delete(key(session, SEGMENT, turn, index));
  }

  public void deleteInferences(String session, int turn, int from, int to) {
    for (int index = from; index < to; index++) store.delete(key(session, INFERENCE, turn, index));
  }

  public void putTurn(String session, StoredTurn turn) {
    store.put(key(session, TURN, turn.getTurn(), 0), turns.encode(turn));
  }

  public Optional<StoredTurn> turn(String session, int turn) {
    return read(key(session, TURN, turn, 0), turns);
  }

  /** The session's finished turns from {@code from} to before {@code to}, in order. */
  public List<StoredTurn> turns(String session, int from, int to) {
    List<StoredTurn> found = new ArrayList<>();
    if (to <= from) return found;
    try (var entries = store.range(key(session, TURN, from, 0), key(session, TURN, to - 1, 0))) {
      entries.forEachRemaining(entry -> found.add(turns.decode(entry.value)));
    }
    return found;
  }

  /** What is known of the finished turns as a whole, once there is one. */
  public Optional<StoredHistory> history(String session) {
    return read(session + "|" + HISTORY, histories);
  }

  public void putHistory(String session, StoredHistory history) {
    store.put(session + "|" + HISTORY, histories.encode(history));
  }

  /** Deletes everything of the session at once, and remembers that it was deleted. */
  public void delete(String session, long nowMillis) {
    List<String> keys = new ArrayList<>();
    try (var entries = store.range(session + "|", session + "}")) {
      entries.forEachRemaining(entry -> keys.add(entry.key));
    }
    keys.forEach(store::delete);
    cachedOptions.remove(session);
    store.put(
        session + "|" + DELETED, Long.toString(nowMillis).getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Whether the session was deleted lately, so that a fragment on its way must not bring it back.
   */
  public boolean isDeleted(String session) {
    return store.get(session + "|" + DELETED) != null;
  }

  /** Forgets that the session was deleted: its fragments have left the log. */
  public void forgetDeleted(String session) {
    store.delete(session + "|" + DELETED);
  }

  private <T extends SpecificRecord> Optional<T> read(String key, AvroSerde<T> serde) {
    byte @Nullable [] bytes = store.get(key);
    return bytes == null ? Optional.empty() : Optional.of(serde.decode(bytes));
  }

  private <T extends SpecificRecord, R> List<R> range(
      String session,
      String kind,
      int turn,
      int count,
      AvroSerde<T> serde,
      Function<T, R> mapping) {
    List<R> found = new ArrayList<>(count);
    if (count == 0) return found;
    try (var entries =
        store.range(key(session, kind, turn, 0), key(session, kind, turn, count - 1))) {
      entries.forEachRemaining(entry -> found.add(mapping.apply(serde.decode(entry.value))));
    }
    if (found.size() != count)
      throw new IllegalStateException("a counted " + kind + " is not stored");
    return found;
  }

  private static Segment fromStored(StoredSegment stored) {
    return new Segment(
        stored.getIndex(),
        stored.getStart(),
        stored.getText(),
        stored.getHash(),
        Carry.decode(stored.getCarry()),
        ClosedBy.valueOf(stored.getClosedBy()));
  }

  private static String key(String session, String kind, int turn, int index) {
    return session + "|" + kind + "|" + hex(turn) + hex(index);
  }

  /** Eight digits, so that keys sort as numbers do. */
  private static String hex(int number) {
    return HexFormat.of().toHexDigits(number);
  }
}
