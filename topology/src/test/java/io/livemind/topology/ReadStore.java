package io.livemind.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.livemind.topology.state.SessionStore;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.InMemoryKeyValueStore;

/** A store in memory that tells the keys of the entries that were read, in order. */
final class ReadStore implements KeyValueBytesStoreSupplier {
  final List<String> keysRead = new ArrayList<>();

  /** The store by itself, without a topology. */
  KeyValueStore<String, byte[]> alone() {
    var context = new MockProcessorContext<String, byte[]>();
    var store =
        Stores.keyValueStoreBuilder(this, Serdes.String(), Serdes.ByteArray())
            .withCachingDisabled()
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    return store;
  }

  List<String> keysRead(String kind) {
    return keysRead.stream().filter(key -> key.contains("|" + kind)).toList();
  }

  private void read(Bytes key) {
    keysRead.add(new String(key.get(), UTF_8));
  }

  @Override
  public String name() {
    return SessionStore.NAME;
  }

  @Override
  public KeyValueStore<Bytes, byte[]> get() {
    return new InMemoryKeyValueStore(SessionStore.NAME) {
      @Override
      public byte[] get(Bytes key) {
        read(key);
        return super.get(key);
      }

      @Override
      public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        return counted(super.range(from, to));
      }

      @Override
      public KeyValueIterator<Bytes, byte[]> reverseRange(Bytes from, Bytes to) {
        return counted(super.reverseRange(from, to));
      }

      @Override
      public KeyValueIterator<Bytes, byte[]> all() {
        return counted(super.all());
      }
    };
  }

  private KeyValueIterator<Bytes, byte[]> counted(KeyValueIterator<Bytes, byte[]> entries) {
    return new KeyValueIterator<>() {
      @Override
      public boolean hasNext() {
        return entries.hasNext();
      }

      @Override
      public KeyValue<Bytes, byte[]> next() {
        KeyValue<Bytes, byte[]> entry = entries.next();
        read(entry.key);
        return entry;
      }

      @Override
      public Bytes peekNextKey() {
        return entries.peekNextKey();
      }

      @Override
      public void close() {
        entries.close();
      }
    };
  }

  @Override
  public String metricsScope() {
    return "in-memory";
  }
}
