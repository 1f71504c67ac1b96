package io.livemind.gateway.handle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class EventIdsProperties {
  private static final String TOPIC = "0123456789abcdef".repeat(2);
  private final EventIds ids = new EventIds(new Signature(List.of(HandleKey.random())));

  @Property(tries = 200)
  void what_is_written_is_read(
      @ForAll @IntRange(max = 999) int partition, @ForAll @LongRange(min = 0) long offset) {
    var id = new EventId(TOPIC, partition, offset);

    assertThat(ids.read("session", ids.write("session", id))).contains(id);
  }

  @Property(tries = 100)
  void an_id_resumes_no_other_session(@ForAll @LongRange(min = 0) long offset) {
    String signed = ids.write("session", new EventId(TOPIC, 0, offset));

    assertThat(ids.read("another", signed)).isEmpty();
  }

  @Property(tries = 100)
  void whatever_comes_is_read_without_an_exception(@ForAll String anything) {
    assertThat(ids.read("session", anything)).isEmpty();
  }
}
