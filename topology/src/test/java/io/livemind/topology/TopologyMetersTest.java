package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.avro.Delete;
import io.livemind.schemas.avro.Task;
import io.micrometer.core.instrument.Meter;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operator reads is what happened. */
class TopologyMetersTest {
  private final PipelineDriver pipeline = new PipelineDriver();

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void aTurnIsCountedOnItsWholeWay() {
    pipeline.open();
    pipeline.type("Berlin has four airports. Which");
    Task thinking = pipeline.inferenceTask();
    pipeline.run(thinking, "action inference. Four.");
    pipeline.submit();
    pipeline.run(pipeline.answerTask(), "Tempelhof.");

    assertThat(count(TopologyMetric.SEGMENTS, "rule")).isEqualTo(1);
    assertThat(count(TopologyMetric.DISPATCHED, "inference")).isEqualTo(1);
    assertThat(count(TopologyMetric.DISPATCHED, "answer")).isEqualTo(1);
    assertThat(count(TopologyMetric.THOUGHTS, "inference")).isEqualTo(1);
    assertThat(count(TopologyMetric.TURNS, "completed")).isEqualTo(1);
  }

  @Test
  void openSessionsAreCountedUntilTheyAreDeleted() {
    pipeline.open();
    assertThat(sessions()).isEqualTo(1);

    pipeline.send(new Delete());

    assertThat(sessions()).isZero();
  }

  @Test
  void aRecordThatCannotBeReadIsCounted() {
    pipeline.open();
    assertThat(count(TopologyMetric.DEAD_LETTERS, "unreadable")).isZero();
    pipeline.sendBytes(new byte[] {1, 2, 3});

    assertThat(pipeline.deadLetters()).hasSize(1);
    assertThat(count(TopologyMetric.DEAD_LETTERS, "unreadable")).isEqualTo(1);
  }

  @Test
  void everyMeterIsOneOfTheList() {
    aTurnIsCountedOnItsWholeWay();

    assertThat(pipeline.meters.getMeters())
        .extracting(Meter::getId)
        .extracting(Meter.Id::getName)
        .isSubsetOf(
            Arrays.stream(TopologyMetric.values()).map(TopologyMetric::metricName).toList());
  }

  private double count(TopologyMetric metric, String tagValue) {
    return pipeline
        .meters
        .get(metric.metricName())
        .tag(metric.tags().getFirst(), tagValue)
        .counter()
        .count();
  }

  private double sessions() {
    return pipeline.meters.get(TopologyMetric.SESSIONS.metricName()).gauge().value();
  }
}
