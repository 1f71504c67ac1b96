package io.livemind.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operator reads is what was served. */
class SimulatorMetersTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String QUESTION = ApiClient.body(false, "Does it rain?");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Simulator simulator =
      Simulator.start(
          SimulatorConfig.of(Map.of("large", ModelProfiles.FAST_HOSTED_70B)).withSpeed(1_000),
          registry);
  private final ApiClient client = new ApiClient(simulator);

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void aCallIsCountedWithItsTokensAndItsTime() throws Exception {
    client.post(QUESTION);

    await().atMost(SOON).until(() -> calls("large", "whole") == 1);
    ServedCall served = simulator.served().getFirst();
    assertThat(tokens("prompt")).isEqualTo(served.promptTokens());
    assertThat(tokens("completion")).isEqualTo(served.completionTokens());
    assertThat(registry.get(SimulatorMetric.FIRST_TOKEN.metricName()).timer().count()).isOne();
    assertThat(registry.get(SimulatorMetric.RUNNING.metricName()).gauge().value()).isZero();
  }

  @Test
  void aFaultIsCountedByItsName() throws Exception {
    client.post(QUESTION, "x-simulator-fault", Fault.OVERLOADED.code());

    await().atMost(SOON).until(() -> calls("large", "broken") == 1);
    assertThat(
            registry
                .get(SimulatorMetric.FAULTS.metricName())
                .tag("fault", Fault.OVERLOADED.code())
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void aModelThatSomebodyMadeUpIsNoTag() throws Exception {
    client.post(ApiClient.body("made-up", false, Calls.alternating("Does it rain?")));

    await().atMost(SOON).until(() -> calls("unknown", "broken") == 1);
  }

  @Test
  void everyMeterIsOneOfTheList() throws Exception {
    aCallIsCountedWithItsTokensAndItsTime();

    assertThat(registry.getMeters())
        .extracting(Meter::getId)
        .extracting(Meter.Id::getName)
        .isSubsetOf(
            Arrays.stream(SimulatorMetric.values()).map(SimulatorMetric::metricName).toList());
  }

  private double calls(String model, String end) {
    var counter =
        registry
            .find(SimulatorMetric.CALLS.metricName())
            .tag("model", model)
            .tag("end", end)
            .counter();
    return counter == null ? 0 : counter.count();
  }

  private double tokens(String type) {
    return registry.get(SimulatorMetric.TOKENS.metricName()).tag("type", type).counter().count();
  }
}
