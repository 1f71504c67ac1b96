package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.avro.Task;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.junit.jupiter.api.Test;

/** No lease expires before both inputs were read to where they ended at assignment. */
class InputProgressTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Queue<Runnable> lookUps = new ArrayDeque<>();

  private record Read(String topic, long offset) implements RecordMetadata {
    @Override
    public int partition() {
      return 0;
    }
  }

  @Test
  void bothInputsAreReadToTheirEnds() {
    var progress = progress(Map.of("fragments", 4L, "results", 7L));
    lookUps.remove().run();

    progress.processed(new Read("fragments", 4));
    progress.processed(new Read("results", 6));
    assertThat(progress.reached()).isFalse();

    progress.processed(new Read("results", 7));
    assertThat(progress.reached()).isTrue();
  }

  @Test
  void untilTheEndsAreKnownNothingIsReached() {
    var progress = progress(Map.of());
    assertThat(progress.reached()).isFalse();

    lookUps.remove().run();

    assertThat(progress.reached()).isTrue();
  }

  @Test
  void whoCannotFindOutWaitsForHalfAMinute() {
    var progress = progress(Map.of("results", 7L));

    nanos.addAndGet(Duration.ofSeconds(31).toNanos());

    assertThat(progress.reached()).isTrue();
  }

  @Test
  void aTaskIsNotGivenToAnotherWorkerBeforeWhatItsWorkerReportedWasRead() {
    try (var pipeline = new PipelineDriver()) {
      pipeline.open();
      pipeline.type("Berlin has four airports.");
      pipeline.submit();
      Task task = pipeline.answerTask();
      pipeline.claim(task, "e1");

      pipeline.restartBehind(1);
      pipeline.pass(Duration.ofSeconds(20));
      assertThat(pipeline.answerTasks()).isEmpty();

      pipeline.heartbeat(task, "e1");
      pipeline.jump(Duration.ofSeconds(1));
      pipeline.pass(Duration.ofSeconds(4));
      assertThat(pipeline.answerTasks()).isEmpty();
      pipeline.pass(Duration.ofSeconds(4));
      assertThat(pipeline.answerTask().getAttempt()).isEqualTo(2);
    }
  }

  private InputProgress progress(Map<String, Long> ends) {
    var progress = new InputProgress(_ -> ends, lookUps::add, nanos::get);
    progress.assigned(0);
    return progress;
  }
}
