package io.livemind.benchmarks.micro;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A store in memory that counts the bytes that a changelog would be written. */
final class CountingStore implements KeyValueStore<String, byte[]> {
  private final TreeMap<String, byte[]> entries = new TreeMap<>();
  private long changelogBytes;

  long changelogBytes() {
    return changelogBytes;
  }

  @Override
  public void put(String key, byte @Nullable [] value) {
    changelogBytes += key.length() + (value == null ? 0 : value.length);
    if (value == null) entries.remove(key);
    else entries.put(key, value);
  }

  @Override
  @SuppressWarnings("NullAway") // A key-value store gives null for what it does not hold.
  public byte @Nullable [] putIfAbsent(String key, byte[] value) {
    byte[] before = get(key);
    if (before == null) put(key, value);
    return before;
  }

  @Override
  public void putAll(List<KeyValue<String, byte[]>> all) {
    all.forEach(entry -> put(entry.key, entry.value));
  }

  @Override
  @SuppressWarnings("NullAway") // As above.
  public byte @Nullable [] delete(String key) {
    byte[] before = get(key);
    put(key, null);
    return before;
  }

  @Override
  @SuppressWarnings("NullAway") // As above.
  public byte @Nullable [] get(String key) {
    return entries.get(key);
  }

  @Override
  public KeyValueIterator<String, byte[]> range(String from, String to) {
    return iterator(entries.subMap(from, true, to, true));
  }

  @Override
  public KeyValueIterator<String, byte[]> reverseRange(String from, String to) {
    return iterator(entries.subMap(from, true, to, true).descendingMap());
  }

  @Override
  public KeyValueIterator<String, byte[]> all() {
    return iterator(entries);
  }

  private static KeyValueIterator<String, byte[]> iterator(Map<String, byte[]> part) {
    Iterator<Map.Entry<String, byte[]>> each = part.entrySet().iterator();
    return new KeyValueIterator<>() {
      @Override
      public boolean hasNext() {
        return each.hasNext();
      }

      @Override
      public KeyValue<String, byte[]> next() {
        Map.Entry<String, byte[]> entry = each.next();
        return KeyValue.pair(entry.getKey(), entry.getValue());
      }

      @Override
      public String peekNextKey() {
        throw new UnsupportedOperationException();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public long approximateNumEntries() {
    return entries.size();
  }

  @Override
  public String name() {
    return "counting";
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {}

  @Override
  public void close() {}

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return true;
  }
}
