package io.livemind.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.AnswerFold.Appended;
import io.livemind.schemas.AnswerFold.Complete;
import io.livemind.schemas.AnswerFold.Ended;
import io.livemind.schemas.AnswerFold.Failure;
import io.livemind.schemas.AnswerFold.Replaced;
import io.livemind.schemas.AnswerFold.Unchanged;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Cancelled;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Delta;
import io.livemind.schemas.avro.Failed;
import io.livemind.schemas.avro.ModelUsage;
import io.livemind.schemas.avro.Started;
import org.junit.jupiter.api.Test;

class AnswerFoldTest {
  private final AnswerFold fold = new AnswerFold();

  @Test
  void deltasOfTheShownExecutionAreAppended() {
    started(1, "a");

    assertThat(delta(1, "a", 0, " Hello")).isEqualTo(new Appended(" Hello"));
    assertThat(delta(1, "a", 1, "\n")).isEqualTo(new Appended("\n"));
    assertThat(fold.text()).isEqualTo(" Hello\n");
  }

  @Test
  void aDeltaThatComesTwiceIsShownOnce() {
    delta(1, "a", 0, "Hello");

    assertThat(delta(1, "a", 0, "Hello")).isEqualTo(new Unchanged());
    assertThat(fold.text()).isEqualTo("Hello");
  }

  @Test
  void aSecondExecutionOfTheSameAttemptIsNotShown() {
    delta(1, "a", 0, "Hello");

    started(1, "b");

    assertThat(delta(1, "b", 0, "Good day")).isEqualTo(new Unchanged());
    assertThat(fold.text()).isEqualTo("Hello");
  }

  @Test
  void aLaterAttemptTakesTheShownTextAway() {
    delta(1, "a", 0, "Hel");

    assertThat(started(2, "b")).isEqualTo(new Replaced(""));
    assertThat(delta(2, "b", 0, "Good day")).isEqualTo(new Appended("Good day"));
  }

  @Test
  void aLateDeltaOfAnEarlierAttemptIsNotShown() {
    started(2, "b");

    assertThat(delta(1, "a", 0, "late")).isEqualTo(new Unchanged());
    assertThat(fold.text()).isEmpty();
  }

  @Test
  void theEndCorrectsWhatWasShown() {
    delta(1, "a", 0, "Hel");

    var change = fold.apply(event(completed(1, "b", "Good day")));

    assertThat(change)
        .isInstanceOfSatisfying(Ended.class, end -> assertThat(end.replaced()).isTrue());
    assertThat(fold.text()).isEqualTo("Good day");
  }

  @Test
  void theEndOfTheShownExecutionChangesNoText() {
    delta(1, "a", 0, "Hello");

    var change = fold.apply(event(completed(1, "a", "Hello")));

    assertThat(change)
        .isInstanceOfSatisfying(
            Ended.class,
            end -> {
              assertThat(end.replaced()).isFalse();
              assertThat(end.end()).isInstanceOf(Complete.class);
            });
  }

  @Test
  void whatComesAfterTheEndChangesNothing() {
    fold.apply(event(new Failed("turn_deadline", "late")));

    assertThat(delta(3, "c", 0, "too late")).isEqualTo(new Unchanged());
    assertThat(fold.apply(event(completed(3, "c", "too late")))).isEqualTo(new Unchanged());
    assertThat(fold.ended()).isTrue();
  }

  @Test
  void aFailureKeepsTheTextThatWasShown() {
    delta(1, "a", 0, "Hel");

    var change = fold.apply(event(new Failed("turn_deadline", "late")));

    assertThat(change)
        .isInstanceOfSatisfying(
            Ended.class, end -> assertThat(end.end()).isInstanceOf(Failure.class));
    assertThat(fold.text()).isEqualTo("Hel");
  }

  @Test
  void anInterruptedAnswerEndsWithTheTextThatTheSessionKeeps() {
    delta(1, "a", 0, "Hello");

    fold.apply(event(new Cancelled("Hello wor")));

    assertThat(fold.text()).isEqualTo("Hello wor");
  }

  private AnswerFold.Change started(int attempt, String execution) {
    return fold.apply(event(new Started("task", attempt, execution, "large")));
  }

  private AnswerFold.Change delta(int attempt, String execution, int index, String text) {
    return fold.apply(event(new Delta(attempt, execution, index, text)));
  }

  private static Completed completed(int attempt, String execution, String text) {
    return new Completed(attempt, execution, text, ModelUsage.newBuilder().build());
  }

  private static AnswerEvent event(Object content) {
    return new AnswerEvent(0, 0L, content);
  }
}
