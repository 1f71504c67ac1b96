package io.livemind.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.avro.TaskKind;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeldTasksTest {
  private final WorkerRig rig = WorkerRig.with(2);
  private final HeldTasks held = rig.worker.held();

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void anInferenceIsRefusedWhenAllPlacesAreTaken() {
    assertThat(held.admit(rig.call("i1", TaskKind.INFERENCE))).isTrue();
    assertThat(held.admit(rig.call("i2", TaskKind.INFERENCE))).isTrue();
    assertThat(held.admit(rig.call("i3", TaskKind.INFERENCE))).isFalse();
    assertThat(held.hasRoom()).isFalse();
  }

  @Test
  void anAnswerEndsTheYoungestInference() {
    var older = rig.call("i1", TaskKind.INFERENCE);
    var younger = rig.call("i2", TaskKind.INFERENCE);
    held.admit(older);
    held.admit(younger);
    assertThat(held.admit(rig.call("a1", TaskKind.ANSWER))).isTrue();
    assertThat(younger.isEnding()).isTrue();
    assertThat(older.isEnding()).isFalse();
  }

  @Test
  void anInferenceThatIsCancelledAnywayMakesRoomBeforeAnyOther() {
    var cancelled = rig.call("i1", TaskKind.INFERENCE);
    var younger = rig.call("i2", TaskKind.INFERENCE);
    held.admit(cancelled);
    held.admit(younger);
    cancelled.end(EndReason.CONTROL);
    assertThat(held.admit(rig.call("a1", TaskKind.ANSWER))).isTrue();
    assertThat(younger.isEnding()).isFalse();
  }

  @Test
  void eachAnswerEndsAnInferenceOfItsOwnAndAnswersEndNoAnswer() {
    held.admit(rig.call("i1", TaskKind.INFERENCE));
    held.admit(rig.call("i2", TaskKind.INFERENCE));
    assertThat(held.admit(rig.call("a1", TaskKind.ANSWER))).isTrue();
    assertThat(held.admit(rig.call("a2", TaskKind.ANSWER))).isTrue();
    assertThat(held.admit(rig.call("a3", TaskKind.ANSWER))).isFalse();
  }

  @Test
  void aTaskThatLeavesMakesRoom() throws Exception {
    var first = rig.call("i1", TaskKind.INFERENCE);
    held.admit(first);
    held.admit(rig.call("i2", TaskKind.INFERENCE));
    assertThat(held.awaitRoom(Duration.ofMillis(5))).isFalse();
    held.remove(first);
    assertThat(held.awaitRoom(Duration.ofMillis(5))).isTrue();
    assertThat(held.admit(rig.call("i3", TaskKind.INFERENCE))).isTrue();
  }

  @Test
  void aPreemptedInferenceThatLeavesFreesNoSecondPlace() {
    var preempted = rig.call("i1", TaskKind.INFERENCE);
    held.admit(preempted);
    held.admit(rig.call("a1", TaskKind.ANSWER));
    held.admit(rig.call("a2", TaskKind.ANSWER));
    held.remove(preempted);
    assertThat(held.hasRoom()).isFalse();
    assertThat(held.admit(rig.call("i2", TaskKind.INFERENCE))).isFalse();
  }

  @Test
  void heartbeatsListWhatIsHeldByResultsPartition() {
    var call = rig.call("i1", TaskKind.INFERENCE);
    held.admit(call);
    assertThat(held.byResultsPartition()).containsOnlyKeys(0);
    assertThat(held.byResultsPartition().get(0)).containsExactly(call.execution().held());
    held.remove(call);
    assertThat(held.byResultsPartition()).isEmpty();
  }

  @Test
  void aStoppingWorkerAdmitsNothing() {
    held.close();
    assertThat(held.admit(rig.call("a1", TaskKind.ANSWER))).isFalse();
  }
}
