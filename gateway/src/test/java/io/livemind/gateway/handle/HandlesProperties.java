package io.livemind.gateway.handle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class HandlesProperties {
  private static final HandleKey KEY = HandleKey.ofHex("0a".repeat(32));
  private static final HandleKey NEXT = HandleKey.ofHex("1b".repeat(32));
  private static final Owner BOB = Owner.of("bob");
  private final Handles handles = new Handles(new Signature(List.of(KEY)));

  @Property(tries = 200)
  void what_is_written_is_read_by_its_owner(@ForAll("someHandle") Handle handle) {
    assertThat(handles.read(handles.write(handle), handle.owner())).contains(handle);
  }

  @Property(tries = 200)
  void somebody_else_reads_nothing(@ForAll("someHandle") Handle handle) {
    assertThat(handles.read(handles.write(handle), Owner.of("mallory"))).isEmpty();
  }

  @Property(tries = 200)
  void a_changed_character_makes_it_worthless(
      @ForAll("someHandle") Handle handle, @ForAll @IntRange(max = 80) int at) {
    String signed = handles.write(handle);
    char other = signed.charAt(at) == 'A' ? 'B' : 'A';

    String forged = signed.substring(0, at) + other + signed.substring(at + 1);

    assertThat(handles.read(forged, handle.owner())).isEmpty();
  }

  /** Medians of many calls in turns, so that a busy machine slows both. */
  @Example
  void what_is_foreign_and_what_is_forged_take_the_same_time() {
    Handle handle = Handle.draw(1, Owner.of("ada"), 0);
    String foreign = handles.write(handle);
    String forged = (foreign.charAt(0) == 'A' ? 'B' : 'A') + foreign.substring(1);
    int rounds = 20_001;
    long[] ofForeign = new long[rounds];
    long[] ofForged = new long[rounds];
    for (int i = 0; i < rounds; i++) {
      ofForeign[i] = nanos(foreign);
      ofForged[i] = nanos(forged);
    }

    long apart = Math.abs(median(ofForeign) - median(ofForged));

    // A network tells differences of ten microseconds at best.
    assertThat(apart).as("nanoseconds").isLessThan(5_000);
  }

  private long nanos(String signed) {
    long begun = System.nanoTime();
    boolean nothing = handles.read(signed, BOB).isEmpty();
    long took = System.nanoTime() - begun;
    assertThat(nothing).isTrue();
    return took;
  }

  private static long median(long[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  @Property(tries = 50)
  void a_key_is_accepted_until_it_is_taken_away(@ForAll("someHandle") Handle handle) {
    String signed = handles.write(handle);

    var rotated = new Handles(new Signature(List.of(NEXT, KEY)));
    var after = new Handles(new Signature(List.of(NEXT)));

    assertThat(rotated.read(signed, handle.owner())).contains(handle);
    assertThat(after.read(signed, handle.owner())).isEmpty();
  }

  @Property(tries = 200)
  void whatever_comes_is_read_without_an_exception(@ForAll String anything) {
    assertThat(handles.read(anything, Owner.NOBODY)).isEmpty();
  }

  @Property(tries = 50)
  void a_session_id_has_the_form_that_the_pipeline_takes(@ForAll("someHandle") Handle handle) {
    assertThat(handle.session()).matches("[A-Za-z0-9_-]{22}");
    assertThat(handles.write(handle)).matches("[A-Za-z0-9_-]{82}");
  }

  @Provide
  Arbitrary<Handle> someHandle() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 1_000),
            Arbitraries.of(Owner.NOBODY, Owner.of("ada"), Owner.of("")),
            Arbitraries.longs().greaterOrEqual(0))
        .as(Handle::draw);
  }
}
