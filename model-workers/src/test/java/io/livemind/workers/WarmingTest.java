package io.livemind.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemind.schemas.avro.Task;
import io.livemind.schemas.avro.TaskKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The model that will answer reads the prompt while it is typed, and nobody waits for that. */
class WarmingTest {
  private WorkerRig rig = WorkerRig.warming(2);

  @AfterEach
  void close() {
    rig.close();
  }

  private static Task answer(String id) {
    return Task.newBuilder(WorkerRig.task(id, TaskKind.ANSWER)).setModel("small").build();
  }

  private void inferenceIsCalled() {
    rig.running("i", TaskKind.INFERENCE).grant();
    rig.startedCall(2);
  }

  private ScriptedModel.Started warmed() {
    return rig.model.calls().stream()
        .filter(call -> call.request.maximumTokens().isPresent())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void thePromptOfAnInferenceIsReadForOneTokenAndCounted() {
    inferenceIsCalled();
    assertThat(warmed().request.maximumTokens()).hasValue(1);
    assertThat(warmed().request.messages())
        .isEqualTo(WorkerRig.task("i", TaskKind.INFERENCE).getMessages());

    warmed().finishes();

    await().until(() -> rig.count(WorkerMetric.WARMINGS, "end", "read") == 1);
  }

  @Test
  void itEndsWhenTheAnswerComesWhichFindsItsPlaceFree() {
    inferenceIsCalled();
    var warmed = warmed();

    rig.running(answer("a"));

    await().until(warmed::isCancelled);
    rig.startedCall(3);
    await().until(() -> rig.count(WorkerMetric.WARMINGS, "end", "cancelled") == 1);
  }

  @Test
  void withoutAFreePlaceNothingIsWarmed() {
    rig.running(answer("a"));
    rig.startedCall(1);

    rig.running("i", TaskKind.INFERENCE).grant();

    await().until(() -> rig.count(WorkerMetric.WARMINGS, "end", "no_place") == 1);
  }

  @Test
  void byDefaultNothingIsWarmed() {
    rig.close();
    rig = WorkerRig.with(2);
    rig.running("i", TaskKind.INFERENCE).grant();
    rig.startedCall(1).finishes();
    await().until(() -> rig.worker.held().size() == 0);
    assertThat(rig.model.calls()).hasSize(1);
  }
}
