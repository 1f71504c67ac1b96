package io.livemind.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Delta;
import io.livemind.schemas.avro.ModelUsage;
import io.livemind.schemas.avro.Started;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Streams of executions, each in its own order, mixed and repeated as a log may mix and repeat
 * them.
 */
class AnswerFoldProperties {

  @Property
  void whateverExecutionsDidBeforeTheEndDecidesTheText(
      @ForAll("histories") List<AnswerEvent> history) {
    var fold = new AnswerFold();
    history.forEach(fold::apply);
    var usage = ModelUsage.newBuilder().build();

    fold.apply(new AnswerEvent(0, 0L, new Completed(9, "z", "the answer", usage)));
    history.forEach(fold::apply);

    assertThat(fold.text()).isEqualTo("the answer");
  }

  @Property
  void shownIsAlwaysAPrefixOfOneExecution(@ForAll("histories") List<AnswerEvent> history) {
    var fold = new AnswerFold();
    for (AnswerEvent event : history) {
      fold.apply(event);
      String shown = fold.text();
      boolean prefixOfOne =
          List.of("a", "b", "c").stream().anyMatch(execution -> whole(execution).startsWith(shown));
      assertThat(prefixOfOne).as("shown: %s", shown).isTrue();
    }
  }

  @Property
  void aShownTextOnlyGrowsUnlessTheChangeSaysSo(@ForAll("histories") List<AnswerEvent> history) {
    var fold = new AnswerFold();
    var told = new StringBuilder();
    for (AnswerEvent event : history) {
      switch (fold.apply(event)) {
        case AnswerFold.Appended appended -> told.append(appended.text());
        case AnswerFold.Replaced replaced -> {
          told.setLength(0);
          told.append(replaced.text());
        }
        case AnswerFold.Unchanged _, AnswerFold.Ended _ -> {}
      }
      assertThat(told.toString()).isEqualTo(fold.text());
    }
  }

  @Provide
  Arbitrary<List<AnswerEvent>> histories() {
    Arbitrary<List<AnswerEvent>> one = stream(1, "a");
    return Combinators.combine(
            one, stream(1, "b"), stream(2, "c"), Arbitraries.randomValue(r -> r.nextLong()))
        .as(AnswerFoldProperties::mixed);
  }

  /** An execution's events, cut off anywhere, with repetitions of what came before. */
  private static Arbitrary<List<AnswerEvent>> stream(int attempt, String execution) {
    return Arbitraries.integers()
        .between(0, 5)
        .list()
        .ofMaxSize(12)
        .map(
            lengths -> {
              List<AnswerEvent> events = new ArrayList<>();
              int reached = 0;
              events.add(event(new Started("task", attempt, execution, "large")));
              for (int length : lengths) {
                int from = Math.max(0, reached - length);
                for (int index = from; index <= reached; index++) {
                  events.add(event(new Delta(attempt, execution, index, piece(execution, index))));
                }
                reached++;
              }
              return events;
            });
  }

  private static List<AnswerEvent> mixed(
      List<AnswerEvent> one, List<AnswerEvent> two, List<AnswerEvent> three, long seed) {
    var random = new Random(seed);
    List<List<AnswerEvent>> rest =
        new ArrayList<>(
            List.of(new ArrayList<>(one), new ArrayList<>(two), new ArrayList<>(three)));
    List<AnswerEvent> mixed = new ArrayList<>();
    while (!rest.isEmpty()) {
      List<AnswerEvent> next = rest.get(random.nextInt(rest.size()));
      if (next.isEmpty()) rest.remove(next);
      else mixed.add(next.removeFirst());
    }
    return mixed;
  }

  private static String piece(String execution, int index) {
    return execution + index + " ";
  }

  private static String whole(String execution) {
    var text = new StringBuilder();
    for (int index = 0; index < 20; index++) text.append(piece(execution, index));
    return text.toString();
  }

  private static AnswerEvent event(Object content) {
    return new AnswerEvent(0, 0L, content);
  }
}
