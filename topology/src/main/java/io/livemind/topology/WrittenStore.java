package io.livemind.topology;

import io.livemind.topology.state.SessionStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A RocksDB store whose memory becomes a file every {@link StoreConfig#rewriteInterval()}, without
 * what was deleted, and whose older files are looked through then.
 *
 * <p>Streams tells a store no more that it should write (a commit puts the offset, no file), and
 * hands nobody the database. So its memory is filled with a value that nobody has until RocksDB
 * writes it; a later value of a key replaces the earlier ones on the way, so the file holds one.
 *
 * <p>Threading: owned by the Streams thread of the partition. An instance that writes to the store
 * is told by {@link SessionStore#NOBODYS_KEY}; a copy, which the changelog fills behind this, by
 * the commits that follow what it took.
 */
final class WrittenStore implements KeyValueStore<Bytes, byte[]> {
  private static final Bytes NOBODYS =
      Bytes.wrap(SessionStore.NOBODYS_KEY.getBytes(StandardCharsets.UTF_8));
  private static final byte[] FILLING = new byte[256 << 10];

  /** RocksDB may take somewhat more than it was told. */
  private static final int FILLINGS = StoreFiles.WRITE_BUFFER / FILLING.length * 3 / 2;

  private final KeyValueStore<Bytes, byte[]> store;
  private final long intervalNanos;
  private final LongSupplier nanoTime;
  private long writtenNanos;

  WrittenStore(KeyValueStore<Bytes, byte[]> store, Duration interval, LongSupplier nanoTime) {
    this.store = store;
    this.intervalNanos = interval.toNanos();
    this.nanoTime = nanoTime;
    this.writtenNanos = nanoTime.getAsLong();
  }

  private void write() {
    for (int i = 0; i < FILLINGS; i++) store.put(NOBODYS, FILLING);
    store.delete(NOBODYS);
    writtenNanos = nanoTime.getAsLong();
  }

  @Override
  public byte @Nullable [] delete(Bytes key) {
    byte[] before = store.delete(key);
    if (key.equals(NOBODYS)) write();
    return before;
  }

  @Override
  public void commit(Map<TopicPartition, Long> offsets) {
    if (nanoTime.getAsLong() - writtenNanos > intervalNanos) write();
    store.commit(offsets);
  }

  @Override
  public String name() {
    return store.name();
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    store.init(context, root);
  }

  @Override
  public @Nullable Long committedOffset(TopicPartition partition) {
    return store.committedOffset(partition);
  }

  @Override
  public boolean managesOffsets() {
    return store.managesOffsets();
  }

  @Override
  public void close() {
    store.close();
  }

  @Override
  public boolean persistent() {
    return store.persistent();
  }

  @Override
  public boolean isOpen() {
    return store.isOpen();
  }

  @Override
  public Position getPosition() {
    return store.getPosition();
  }

  @Override
  public void put(Bytes key, byte @Nullable [] value) {
    store.put(key, value);
  }

  @Override
  public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
    return store.putIfAbsent(key, value);
  }

  @Override
  public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
    store.putAll(entries);
  }

  @Override
  public byte @Nullable [] get(Bytes key) {
    return store.get(key);
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
    return store.range(from, to);
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> reverseRange(@Nullable Bytes from, @Nullable Bytes to) {
    return store.reverseRange(from, to);
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> all() {
    return store.all();
  }

  @Override
  public long approximateNumEntries() {
    return store.approximateNumEntries();
  }
}
