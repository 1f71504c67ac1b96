package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.AnswerCue;
import io.livemind.schemas.TextHash;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Open;
import io.livemind.schemas.avro.Rejected;
import io.livemind.schemas.avro.Replace;
import io.livemind.schemas.avro.Role;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.schemas.avro.Submit;
import io.livemind.schemas.avro.Task;
import io.livemind.topology.state.SessionStore;
import io.livemind.topology.typing.TypingLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Fragments take effect once, in the order of their writer; what cannot be is told. */
class FragmentOrderTest {
  private static final String FIRST = "Berlin has four airports. ";

  private final PipelineDriver pipeline = new PipelineDriver();

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void aFragmentThatComesTwiceMakesThePresentOutputsLeaveAgainWhileAnInstanceTakesOver() {
    pipeline.open();
    pipeline.send(1, new Append("Hello"));
    pipeline.send(2, submitOf("Hello"));
    Task lost = pipeline.answerTask();
    pipeline.restartBehind(1);
    assertThat(pipeline.answerTasks()).containsExactly(lost);

    pipeline.sendOfTurn(0, 2, submitOf("Hello"));

    assertThat(pipeline.answerTasks()).containsExactly(lost);
  }

  @Test
  void aClientThatRepeatsItselfFillsNoQueueWithItsTask() {
    pipeline.open();
    pipeline.send(1, new Append("Hello"));
    pipeline.send(2, submitOf("Hello"));
    assertThat(pipeline.answerTasks()).hasSize(1);

    for (int i = 0; i < 10; i++) pipeline.sendOfTurn(0, 2, submitOf("Hello"));

    assertThat(pipeline.answerTasks()).isEmpty();
  }

  @Test
  void aFragmentThatComesTwiceHasItsEffectOnce() {
    pipeline.open();
    pipeline.send(1, new Append("Hello "));
    pipeline.send(1, new Append("Hello "));
    pipeline.send(2, new Append("world"));
    pipeline.send(3, submitOf("Hello world"));

    assertThat(userText(pipeline.answerTask())).isEqualTo("Hello world");
  }

  @Test
  void fragmentsThatComeOutOfOrderAreAppliedInOrder() {
    pipeline.open();
    pipeline.send(3, submitOf("Hello world"));
    pipeline.send(2, new Append("world"));
    pipeline.send(1, new Append("Hello "));

    assertThat(userText(pipeline.answerTask())).isEqualTo("Hello world");
  }

  @Test
  void aGapThatStaysIsTold() {
    pipeline.open();
    pipeline.send(5, new Append("late "));

    pipeline.pass(Duration.ofSeconds(3));

    Rejected rejected = pipeline.answer(Rejected.class).orElseThrow();
    assertThat(rejected.getCode()).isEqualTo("missing_sequence");
    assertThat(rejected.getExpected()).isEqualTo(1);
  }

  @Test
  void moreFragmentsThanMayWaitAreToldAtOnce() {
    var limits = new TypingLimits(1_000, 1_000, 2, 2_000, 1_000, 1_000);
    try (var narrow = new PipelineDriver(limits)) {
      narrow.open();
      narrow.send(5, new Append("e"));
      narrow.send(6, new Append("f"));
      assertThat(narrow.answer(Rejected.class)).isEmpty();

      narrow.send(7, new Append("g"));

      Rejected rejected = narrow.answer(Rejected.class).orElseThrow();
      assertThat(rejected.getCode()).isEqualTo("missing_sequence");
      assertThat(rejected.getExpected()).isEqualTo(1);
    }
  }

  @Test
  void aGapHoldsNoMoreTextThanAPromptHas() {
    String longest = "語".repeat(TypingLimits.DEFAULT.fragmentLength());
    pipeline.open();
    for (int sequence = 2; sequence <= 23; sequence++) {
      pipeline.send(sequence, new Append(longest));
      assertThat(pipeline.storedHeadBytes()).isLessThan(SessionStore.LARGEST_RECORD / 4);
    }

    List<Rejected> told = pipeline.answers(Rejected.class);
    assertThat(told).isNotEmpty().extracting("code").containsOnly("missing_sequence");
    assertThat(told).extracting("expected").containsOnly(1L);
    assertThat(pipeline.deadLetters()).isEmpty();
  }

  @Test
  void anOpenThatComesEarlyHoldsNoMoreThanThatEither() {
    var options = SessionOptions.newBuilder().setSystem("語".repeat(200_000)).build();
    pipeline.open();

    for (int sequence = 2; sequence <= 20; sequence++)
      pipeline.send(sequence, new Open(options, ""));

    assertThat(pipeline.storedHeadBytes()).isLessThan(SessionStore.LARGEST_RECORD / 4);
    assertThat(pipeline.answer(Rejected.class).orElseThrow().getCode())
        .isEqualTo("missing_sequence");
  }

  @Test
  void whatWasDroppedIsTakenWhenItIsSentAgainInOrder() {
    String longest = "a".repeat(TypingLimits.DEFAULT.fragmentLength());
    pipeline.open();
    for (int sequence = 2; sequence <= 4; sequence++) pipeline.send(sequence, new Append(longest));

    pipeline.send(1, new Append("Hello "));
    pipeline.send(2, new Append("world"));
    pipeline.send(3, submitOf("Hello world"));

    assertThat(userText(pipeline.answerTask())).isEqualTo("Hello world");
  }

  @Test
  void aSubmitOfAnotherTextIsNotAnswered() {
    pipeline.open();
    pipeline.send(1, new Append("Hello "));

    pipeline.send(2, submitOf("Hello world"));

    assertThat(pipeline.answer(Rejected.class).orElseThrow().getCode()).isEqualTo("resync");
    assertThat(pipeline.answerTasks()).isEmpty();
  }

  @Test
  void aRefusedSubmitThatComesAgainIsToldAgain() {
    pipeline.open();
    pipeline.send(1, new Append("Hello "));
    pipeline.send(2, submitOf("Hello world"));
    assertThat(pipeline.answers(Rejected.class)).hasSize(1);

    pipeline.send(2, submitOf("Hello world"));

    Rejected again = pipeline.answer(Rejected.class).orElseThrow();
    assertThat(again.getCode()).isEqualTo("resync");
    assertThat(again.getSequence()).isEqualTo(2);
    assertThat(again.getExpected()).isEqualTo(3);
    pipeline.send(3, new Replace(0, 100, "Hello world"));
    pipeline.send(4, submitOf("Hello world"));
    assertThat(userText(pipeline.answerTask())).isEqualTo("Hello world");
  }

  @Test
  void anEmptySubmitThatComesAgainIsToldAgain() {
    pipeline.open();
    pipeline.send(1, submitOf(""));
    assertThat(pipeline.answer(Rejected.class).orElseThrow().getCode()).isEqualTo("empty_prompt");

    pipeline.send(1, submitOf(""));

    assertThat(pipeline.answer(Rejected.class).orElseThrow().getCode()).isEqualTo("resync");
  }

  @Test
  void nothingElseThatComesAgainIsRefused() {
    pipeline.open();
    pipeline.send(1, new Append("Hello"));
    pipeline.send(1, new Append("Hello"));
    pipeline.send(2, submitOf("Hello"));

    pipeline.sendOfTurn(0, 2, submitOf("Hello"));

    assertThat(pipeline.answers(Rejected.class)).isEmpty();
  }

  @Test
  void bytesThatAreNoFragmentGoToTheDeadLettersAndTheNeighboursAreUnharmed() {
    pipeline.open();
    byte[] garbage = "no fragment".getBytes(StandardCharsets.UTF_8);

    pipeline.sendBytes(garbage);
    pipeline.type(FIRST);
    pipeline.submit();

    var letters = pipeline.deadLetters();
    assertThat(letters).extracting("code").containsExactly("unreadable");
    assertThat(letters.getFirst().getValue().orElseThrow().array()).isEqualTo(garbage);
    assertThat(userText(pipeline.answerTask())).isEqualTo(FIRST);
  }

  private static Submit submitOf(String text) {
    return new Submit(text.length(), TextHash.of(text));
  }

  private static String userText(Task task) {
    List<Message> messages = task.getMessages();
    return messages.stream()
        .filter(message -> message.getRole() == Role.USER)
        .map(message -> AnswerCue.strip(message.getContent()))
        .collect(Collectors.joining());
  }
}
