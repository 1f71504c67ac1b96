package io.livemind.topology.state;

import io.livemind.schemas.AvroSerde;
import io.livemind.schemas.avro.ClosedBy;
import io.livemind.topology.segmentation.Carry;
import io.livemind.topology.state.avro.StoredSegment;
import io.livemind.topology.typing.Segment;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The segments among the entries of a {@link SessionStore}. A key ends with the revision at which
 * its segment was put: of the entries of one index, the latest one that is not after the prompt's
 * revision counts.
 */
final class SegmentEntries {
  private static final AvroSerde<StoredSegment> SEGMENTS = StateSchemas.serde(StoredSegment.class);

  private final KeyValueStore<String, byte[]> store;

  SegmentEntries(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  void put(String session, int turn, int revision, Segment segment) {
    store.put(
        key(session, turn, segment.index()) + SessionStore.hex(revision),
        SEGMENTS.encode(
            new StoredSegment(
                segment.index(),
                segment.start(),
                segment.text(),
                segment.hash(),
                segment.carry().encode(),
                segment.closedBy().name())));
  }

  Segment get(String session, int turn, int revision, int index) {
    String key = key(session, turn, index);
    byte @Nullable [] latest = null;
    try (var entries = store.range(key, key + SessionStore.hex(revision))) {
      while (entries.hasNext()) latest = entries.next().value;
    }
    if (latest == null) throw notStored();
    return decoded(latest);
  }

  void backwards(String session, int turn, int revision, int count, Predicate<Segment> visitor) {
    if (count == 0) return;
    String first = key(session, turn, 0);
    String last = key(session, turn, count - 1) + SessionStore.hex(revision);
    try (var entries = store.reverseRange(first, last)) {
      for (int index = count - 1; index >= 0; index--) {
        String key = key(session, turn, index);
        byte @Nullable [] latest = null;
        while (latest == null && entries.hasNext()) {
          KeyValue<String, byte[]> entry = entries.next();
          boolean counts = revisionOf(entry.key, key.length()) <= revision;
          if (counts && entry.key.startsWith(key)) latest = entry.value;
        }
        if (latest == null) throw notStored();
        if (!visitor.test(decoded(latest))) return;
      }
    }
  }

  List<String> texts(String session, int turn, int revision, int count) {
    List<String> texts = new ArrayList<>(count);
    if (count == 0) return texts;
    String first = key(session, turn, 0);
    String last = key(session, turn, count - 1) + SessionStore.hex(revision);
    try (var entries = store.range(first, last)) {
      while (entries.hasNext()) {
        KeyValue<String, byte[]> entry = entries.next();
        if (revisionOf(entry.key, first.length()) > revision) continue;
        StoredSegment segment = SEGMENTS.decode(entry.value);
        if (segment.getIndex() < texts.size()) texts.set(segment.getIndex(), segment.getText());
        else texts.add(segment.getText());
      }
    }
    if (texts.size() != count) throw notStored();
    return texts;
  }

  /** Keys of earlier builds end before it. */
  static int revisionOf(String key, int from) {
    return key.length() == from ? 0 : HexFormat.fromHexDigits(key, from, key.length());
  }

  private static String key(String session, int turn, int index) {
    return SessionStore.key(session, SessionStore.SEGMENT, turn, index);
  }

  private static IllegalStateException notStored() {
    return new IllegalStateException("a counted segment is not stored");
  }

  private static Segment decoded(byte[] bytes) {
    StoredSegment stored = SEGMENTS.decode(bytes);
    return new Segment(
        stored.getIndex(),
        stored.getStart(),
        stored.getText(),
        stored.getHash(),
        Carry.decode(stored.getCarry()),
        ClosedBy.valueOf(stored.getClosedBy()));
  }
}
