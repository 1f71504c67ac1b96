package io.livemind.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.livemind.topology.state.SessionStore;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.InMemoryKeyValueStore;

/**
 * A store that holds these entries when the topology first sees it, as one read from a changelog.
 */
record RestoredStore(Map<String, byte[]> entries) implements KeyValueBytesStoreSupplier {

  @Override
  public String name() {
    return SessionStore.NAME;
  }

  @Override
  public KeyValueStore<Bytes, byte[]> get() {
    return new InMemoryKeyValueStore(SessionStore.NAME) {
      @Override
      public void init(StateStoreContext context, StateStore root) {
        super.init(context, root);
        entries.forEach((key, value) -> put(Bytes.wrap(key.getBytes(UTF_8)), value));
      }
    };
  }

  @Override
  public String metricsScope() {
    return "in-memory";
  }
}
