package io.livemind.benchmarks.growth;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.avro.Task;
import io.livemind.schemas.avro.TaskKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptsTest {
  @Test
  void aTaskThatIsDispatchedAgainIsOneTaskWithTwoAttempts() {
    var attempts = Attempts.of(List.of(task("a", 1), task("b", 1), task("a", 2)));

    assertThat(attempts).isEqualTo(new Attempts(2, 3));
    assertThat(attempts.text()).isEqualTo("1.500 of 2");
  }

  @Test
  void answersAndInferencesCountTogether() {
    var all =
        Attempts.of(List.of(task("a", 1))).and(Attempts.of(List.of(task("i", 1), task("i", 2))));

    assertThat(all).isEqualTo(new Attempts(2, 3));
  }

  @Test
  void whereNothingWasThoughtThereIsNoRatio() {
    assertThat(Attempts.of(List.of()).text()).isEqualTo("no task");
  }

  private static Task task(String id, int attempt) {
    return Task.newBuilder()
        .setTaskId(id)
        .setKind(TaskKind.INFERENCE)
        .setTurn(0)
        .setRevision(0)
        .setStep(0)
        .setAttempt(attempt)
        .setInputHash(0)
        .setModel("large")
        .setMessages(List.of())
        .setAnswersPartition(0)
        .setDispatchedAtMillis(0)
        .setClaimLeaseMillis(0)
        .build();
  }
}
