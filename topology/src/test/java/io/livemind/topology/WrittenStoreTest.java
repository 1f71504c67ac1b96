package io.livemind.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.internals.InMemoryKeyValueStore;
import org.junit.jupiter.api.Test;

class WrittenStoreTest {

  /** As an edit of closed text reads its segments. */
  @Test
  void itIsReadFromTheEndOfARangeToo() {
    var store =
        new WrittenStore(new InMemoryKeyValueStore("sessions"), Duration.ofMinutes(10), () -> 0);
    for (String key : List.of("a", "b", "c", "d")) store.put(bytes(key), new byte[1]);

    List<Bytes> keys = new ArrayList<>();
    try (var entries = store.reverseRange(bytes("a"), bytes("c"))) {
      entries.forEachRemaining(entry -> keys.add(entry.key));
    }

    assertThat(keys).containsExactly(bytes("c"), bytes("b"), bytes("a"));
  }

  private static Bytes bytes(String key) {
    return Bytes.wrap(key.getBytes(UTF_8));
  }
}
