package io.livemind.workers.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class RendezvousProperties {

  private static List<String> replicas(int count) {
    return IntStream.range(0, count).mapToObj(i -> "http://host-" + i + "/v1").toList();
  }

  @Property
  void theOrderDoesNotDependOnHowTheCandidatesAreListed(
      @ForAll @StringLength(max = 40) String session,
      @ForAll @IntRange(min = 1, max = 9) int count,
      @ForAll long seed) {
    List<String> shuffled = new ArrayList<>(replicas(count));
    Collections.shuffle(shuffled, new Random(seed));
    assertThat(Rendezvous.order(session, shuffled, Function.identity()))
        .isEqualTo(Rendezvous.order(session, replicas(count), Function.identity()));
  }

  @Property
  void aCandidateThatLeavesMovesNoOther(
      @ForAll @StringLength(max = 40) String session,
      @ForAll @IntRange(min = 2, max = 9) int count,
      @ForAll @IntRange(max = 1) int gone) {
    List<String> left = new ArrayList<>(replicas(count));
    String leaving = left.remove(gone);
    List<String> expected =
        new ArrayList<>(Rendezvous.order(session, replicas(count), Function.identity()));
    expected.remove(leaving);
    assertThat(Rendezvous.order(session, left, Function.identity())).isEqualTo(expected);
  }

  @Test
  void sessionsAreSpreadEvenly() {
    var firsts =
        IntStream.range(0, 9_000)
            .mapToObj(i -> Rendezvous.order("s" + i, replicas(3), Function.identity()).getFirst())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(firsts.values()).hasSize(3).allSatisfy(n -> assertThat(n).isBetween(2_700L, 3_300L));
  }
}
