package io.livemind.gateway.answers;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.AnswerFold;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Cancelled;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Delta;
import io.livemind.schemas.avro.Failed;
import io.livemind.schemas.avro.ModelUsage;
import io.livemind.schemas.avro.Opened;
import io.livemind.schemas.avro.Started;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class JoinedDeltasProperties {

  @Property(tries = 500)
  void a_reader_of_joined_deltas_shows_what_a_reader_of_all_shows(
      @ForAll("logs") List<AnswerRecord> log) {
    assertThat(shown(expanded(new JoinedDeltas(true).of(log)))).isEqualTo(shown(events(log)));
  }

  @Property(tries = 500)
  void a_reader_of_the_short_history_shows_what_a_reader_of_all_shows(
      @ForAll("logs") List<AnswerRecord> log) {
    assertThat(shown(expanded(new JoinedDeltas(true).ofHistory(log))))
        .isEqualTo(shown(events(log)));
  }

  @Property(tries = 200)
  void the_last_place_of_the_log_is_kept_so_that_a_resume_repeats_nothing(
      @ForAll("logs") List<AnswerRecord> log) {
    var joined = new JoinedDeltas(true).of(log);

    if (log.isEmpty()) assertThat(joined).isEmpty();
    // What lies behind the last place can only be deltas that the reader has.
    if (!log.isEmpty() && !(log.getLast().event().getEvent() instanceof Delta))
      assertThat(joined.getLast().last().offset()).isEqualTo(log.getLast().offset());
  }

  private static List<AnswerEvent> events(List<AnswerRecord> log) {
    return log.stream().map(AnswerRecord::event).toList();
  }

  /** What a client makes of a joined delta: the next index lies behind all of them. */
  private static List<AnswerEvent> expanded(List<JoinedDeltas.Joined> joined) {
    var events = new ArrayList<AnswerEvent>();
    for (var each : joined) {
      events.add(each.last().event());
      if (!(each.last().event().getEvent() instanceof Delta delta)) continue;
      for (int i = 1; i < each.deltas(); i++)
        events.add(
            event(
                each.last().event().getTurn(),
                new Delta(delta.getAttempt(), delta.getExecution(), delta.getIndex() + i, "")));
    }
    return events;
  }

  private static List<String> shown(List<AnswerEvent> events) {
    var texts = new ArrayList<String>();
    for (int turn = 0; turn < 2; turn++) {
      var fold = new AnswerFold();
      for (AnswerEvent event : events) if (event.getTurn() == turn) fold.apply(event);
      texts.add(fold.text() + (fold.ended() ? " ended" : ""));
    }
    return texts;
  }

  @Provide
  Arbitrary<List<AnswerRecord>> logs() {
    Arbitrary<Object> content =
        Arbitraries.frequencyOf(
            Tuple.of(
                12,
                Combinators.combine(
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.of("x", "y"),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.strings().alpha().ofMaxLength(2))
                    .as(
                        (attempt, execution, index, text) ->
                            (Object) new Delta(attempt, execution, index, text))),
            Tuple.of(
                2,
                Arbitraries.integers()
                    .between(1, 2)
                    .map(attempt -> (Object) new Started("t", attempt, "x", "m"))),
            Tuple.of(
                1,
                Arbitraries.<Object>of(
                    new Opened(),
                    new Failed("model_error", ""),
                    new Cancelled("so far"),
                    new Completed(1, "x", "all", ModelUsage.newBuilder().build()))));
    return Combinators.combine(Arbitraries.integers().between(0, 1), content)
        .as(JoinedDeltasProperties::event)
        .list()
        .ofMaxSize(30)
        .map(JoinedDeltasProperties::numbered);
  }

  private static AnswerEvent event(int turn, Object content) {
    return new AnswerEvent(turn, 0L, content);
  }

  private static List<AnswerRecord> numbered(List<AnswerEvent> events) {
    var log = new ArrayList<AnswerRecord>();
    for (AnswerEvent event : events) log.add(new AnswerRecord("s", 0, log.size() * 3L, event));
    return log;
  }
}
