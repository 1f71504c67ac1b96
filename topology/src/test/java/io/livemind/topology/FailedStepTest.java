package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.livemind.schemas.AnswerCue;
import io.livemind.schemas.TextHash;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Open;
import io.livemind.schemas.avro.Replace;
import io.livemind.schemas.avro.Role;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.schemas.avro.Submit;
import io.livemind.schemas.avro.Task;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A step that fails goes to the dead letters, and harms neither its session nor another one; unless
 * it was the store that failed: then the record stays in the log. So it is with a step that no
 * record caused.
 */
class FailedStepTest {
  private static final String TYPED = "Berlin has four airports. Which one is the oldest?";
  private static final String EDITED = "Munich has four airports. Which one is the oldest?";

  private boolean broken;
  private boolean full;
  private String breaking = "";
  private final PipelineDriver pipeline =
      new PipelineDriver(config -> config.rendering(this::rendered));

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void whatItWantedToDeleteStaysUntilItSucceeds() {
    pipeline.open();
    pipeline.send(1, new Append(TYPED));
    broken = true;
    pipeline.send(2, new Replace(0, "Berlin".length(), "Munich"));
    assertThat(pipeline.deadLetters()).extracting("code").containsExactly("unprocessable");

    broken = false;
    pipeline.sendTo("session-another-one", new Open(SessionOptions.newBuilder().build(), ""));
    pipeline.send(2, new Replace(0, "Berlin".length(), "Munich"));
    pipeline.send(3, new Submit(EDITED.length(), TextHash.of(EDITED)));

    assertThat(userText(pipeline.answerTask().getMessages())).isEqualTo(EDITED);
  }

  @Test
  void aFailingStoreIsNoFaultOfTheRecord() {
    pipeline.open();
    full = true;

    assertThatThrownBy(() -> pipeline.send(1, new Append(TYPED)))
        .isInstanceOf(StreamsException.class);

    assertThat(pipeline.deadLetters()).isEmpty();
  }

  @Test
  void aStepThatFailsAtATickKeepsNoOtherSessionFromItsOwn() {
    ask(PipelineDriver.SESSION, TYPED);
    ask("session-another-one", EDITED);
    assertThat(pipeline.answerTasks()).hasSize(2);
    breaking = TYPED;

    pipeline.pass(Duration.ofSeconds(11));

    assertThat(pipeline.deadLetters()).extracting("code", "topic").containsOnly(ofATick());
    List<Task> again = pipeline.answerTasks();
    assertThat(again).extracting(Task::getAttempt).containsExactly(2);
    assertThat(userText(again.getFirst().getMessages())).isEqualTo(EDITED);
  }

  @Test
  void aStepThatFailedAtATickIsTakenAgainLater() {
    ask(PipelineDriver.SESSION, TYPED);
    pipeline.answerTask();
    breaking = TYPED;
    pipeline.pass(Duration.ofSeconds(11));
    breaking = "";

    pipeline.pass(Duration.ofSeconds(11));

    assertThat(pipeline.deadLetters()).extracting("code", "topic").containsExactly(ofATick());
    assertThat(pipeline.answerTask().getAttempt()).isEqualTo(2);
  }

  @Test
  void whatIsRepeatedAtATakeoverIsRepeatedForTheOthersToo() {
    ask(PipelineDriver.SESSION, TYPED);
    ask("session-another-one", EDITED);
    pipeline.commit();
    breaking = TYPED;

    pipeline.restart(new Random(0));

    assertThat(pipeline.deadLetters()).extracting("code", "topic").containsExactly(ofATick());
    List<Task> again = pipeline.answerTasks();
    assertThat(again).hasSize(1);
    assertThat(userText(again.getFirst().getMessages())).isEqualTo(EDITED);
  }

  private static Tuple ofATick() {
    return tuple("unprocessable", "");
  }

  private void ask(String session, String text) {
    pipeline.sendTo(session, 0, new Open(SessionOptions.newBuilder().build(), ""));
    pipeline.sendTo(session, 1, new Append(text));
    pipeline.sendTo(session, 2, new Submit(text.length(), TextHash.of(text)));
  }

  private List<Message> rendered(List<Message> messages) {
    if (broken || !breaking.isEmpty() && userText(messages).equals(breaking))
      throw new IllegalStateException("planted");
    if (full) throw new ProcessorStateException("no space left on device");
    return messages;
  }

  private static String userText(List<Message> messages) {
    return messages.stream()
        .filter(message -> message.getRole() == Role.USER)
        .map(message -> AnswerCue.strip(message.getContent()))
        .collect(Collectors.joining());
  }
}
