package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.DeadLetter;
import io.livemind.schemas.avro.Delete;
import io.livemind.schemas.avro.Open;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.schemas.avro.Task;
import io.micrometer.core.instrument.Meter;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator reads is what happened. */
class TopologyMetersTest {
  private static final SessionOptions SMALL = SessionOptions.newBuilder().build();
  private static final SessionOptions LARGE =
      SessionOptions.newBuilder().setMaximumInferencesPerTurn(Integer.MAX_VALUE).build();

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

  /** Prometheus sees an increase only of what it has seen before. */
  @ParameterizedTest
  @MethodSource("recordsThatDie")
  void theFirstLetterOfACodeIsAnIncrease(String code, Consumer<PipelineDriver> record) {
    pipeline.open();
    assertThat(count(TopologyMetric.DEAD_LETTERS, code)).isZero();

    record.accept(pipeline);

    assertThat(pipeline.deadLetters()).extracting(DeadLetter::getCode).containsExactly(code);
    assertThat(count(TopologyMetric.DEAD_LETTERS, code)).isEqualTo(1);
  }

  static List<Arguments> recordsThatDie() {
    return List.of(
        caused("unreadable", driver -> driver.sendBytes(new byte[] {1, 2, 3})),
        caused("unprocessable", driver -> driver.sendTo("short", new Open(SMALL, ""))),
        caused("unknown_partition", driver -> driver.resume(1_000, "request")));
  }

  @ParameterizedTest
  @MethodSource("fragmentsThatAreRefused")
  void theFirstRefusalOfACodeIsAnIncrease(String code, Consumer<PipelineDriver> fragment) {
    assertThat(count(TopologyMetric.REJECTED, code)).isZero();

    fragment.accept(pipeline);

    assertThat(count(TopologyMetric.REJECTED, code)).isEqualTo(1);
  }

  static List<Arguments> fragmentsThatAreRefused() {
    return List.of(
        caused("session_unknown", driver -> driver.send(new Append("Berlin"))),
        caused("options_too_large", driver -> driver.open(LARGE)));
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

  private static Arguments caused(String code, Consumer<PipelineDriver> by) {
    return Arguments.of(code, by);
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
