package io.livemind.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.avro.Delta;
import io.livemind.schemas.avro.Started;
import io.livemind.schemas.avro.TaskKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnswerStreamTest {
  private final WorkerRig rig = WorkerRig.with(1);
  private final AnswerStream stream =
      new AnswerStream(
          rig.worker.writer(),
          Execution.of(WorkerRig.SESSION, WorkerRig.task("a", TaskKind.ANSWER)),
          rig.nanos::get);

  @BeforeEach
  void open() {
    stream.open();
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private List<String> texts() {
    return rig.answers(Delta.class).stream().map(Delta::getText).toList();
  }

  @Test
  void theFirstTextLeavesAtOnceAndLaterTextWithATick() {
    stream.append("a");
    assertThat(texts()).containsExactly("a");
    stream.append("b");
    stream.append("c");
    assertThat(texts()).containsExactly("a");
    stream.tick(false);
    assertThat(texts()).containsExactly("a", "bc");
    stream.tick(false);
    assertThat(texts()).hasSize(2);
  }

  @Test
  void afterItsFirstSecondAnAnswerLeavesOnSlowTicksOnly() {
    stream.append("a");
    rig.nanos.addAndGet(AnswerStream.LIVELY.toNanos());
    stream.append("b");
    stream.tick(false);
    assertThat(texts()).containsExactly("a");
    stream.tick(true);
    assertThat(texts()).containsExactly("a", "b");
  }

  @Test
  void deltasAreNumberedFromZero() {
    stream.append("a");
    stream.append("b");
    stream.tick(true);
    assertThat(rig.answers(Delta.class).stream().map(Delta::getIndex)).containsExactly(0, 1);
  }

  @Test
  void aCodePointThatComesInHalvesLeavesWhole() throws Exception {
    stream.append("\ud83d");
    assertThat(texts()).isEmpty();
    stream.append("\ude00x\ud83d");
    assertThat(texts()).containsExactly("😀x");
    stream.append("\ude01");
    assertThat(stream.close(Duration.ofSeconds(1))).isEqualTo(2);
    assertThat(texts()).containsExactly("😀x", "😁");
  }

  @Test
  void nothingLeavesBeforeItIsOpenedAndThenEverythingDoes() throws Exception {
    var held =
        new AnswerStream(
            rig.worker.writer(),
            Execution.of(WorkerRig.SESSION, WorkerRig.task("d", TaskKind.ANSWER)),
            rig.nanos::get);
    held.append("a");
    held.append("b");
    held.tick(true);
    assertThat(texts()).isEmpty();
    held.open();
    held.open();
    assertThat(rig.answers(Started.class)).hasSize(2); // the other stream's, and one of this
    assertThat(texts()).containsExactly("ab");
    held.append("c");
    held.tick(false);
    assertThat(texts()).containsExactly("ab", "c");
    assertThat(held.close(Duration.ofSeconds(1))).isEqualTo(2);
  }

  @Test
  void whatWasNeverOpenedIsNeverSeen() throws Exception {
    var held =
        new AnswerStream(
            rig.worker.writer(),
            Execution.of(WorkerRig.SESSION, WorkerRig.task("d", TaskKind.ANSWER)),
            rig.nanos::get);
    held.append("a");
    assertThat(held.close(Duration.ofSeconds(1))).isZero();
    held.open();
    assertThat(texts()).isEmpty();
    assertThat(rig.answers(Started.class)).hasSize(1); // the other stream's
  }

  @Test
  void nothingLeavesAfterTheEnd() throws Exception {
    stream.append("a");
    assertThat(stream.close(Duration.ofSeconds(1))).isEqualTo(1);
    stream.append("late");
    stream.tick(true);
    assertThat(texts()).containsExactly("a");
  }
}
