package io.livemind.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimulatorConfigTest {
  private static final SimulatorConfig CONFIG =
      SimulatorConfig.of(Map.of("m", ModelProfiles.FAST_HOSTED_70B));

  @Test
  void theDefaultsAreLoopbackAnyPortItsOwnSpeedAndNoFaults() {
    assertThat(CONFIG.bindAddress()).isEqualTo("127.0.0.1");
    assertThat(CONFIG.port()).isZero();
    assertThat(CONFIG.speed()).isEqualTo(1);
    assertThat(CONFIG.chunkInterval()).isEqualTo(Duration.ofMillis(20));
    assertThat(CONFIG.faults().rates()).isEmpty();
    assertThat(CONFIG.readBackLimit()).isEqualTo(50_000);
  }

  @Test
  void aSettingOutOfRangeIsRefusedWithItsNameRuleAndValue() {
    assertThatThrownBy(() -> CONFIG.withPort(70_000))
        .hasMessage("simulator.port must be from 0 to 65535, but is 70000: 0 takes any free one");
    assertThatThrownBy(() -> CONFIG.withSpeed(0))
        .hasMessageStartingWith("simulator.speed must be above 0, but is 0.0");
    assertThatThrownBy(() -> SimulatorConfig.of(Map.of()))
        .hasMessageStartingWith("simulator.models must be one or more, but is none");
    assertThatThrownBy(() -> CONFIG.withChunkInterval(Duration.ofMillis(-1)))
        .hasMessageStartingWith("simulator.chunk-interval must be 0 or more");
    assertThatThrownBy(() -> CONFIG.withReadBackLimit(-1))
        .hasMessageStartingWith("simulator.read-back-limit must be 0 or more");
    assertThatThrownBy(() -> ModelProfiles.FAST_HOSTED_70B.withJitter(0.5, 1))
        .hasMessage("simulator.engine.jitter must be from 0 to 0.3, but is 0.5");
    assertThatThrownBy(() -> ModelProfiles.FAST_HOSTED_70B.withConcurrency(0, 0, 1))
        .hasMessage("simulator.engine.sequences must be 1 or more, but is 0");
  }

  @Test
  void faultRatesMustBeSharesOfOneWhole() {
    assertThatThrownBy(() -> FaultPlan.of(Fault.OVERLOADED, 1.5, 0))
        .hasMessage("simulator.faults.overloaded must be a rate from 0 to 1, but is 1.5");
    assertThatThrownBy(
            () -> FaultPlan.NONE.withRates(Map.of(Fault.OVERLOADED, 0.6, Fault.NO_DONE, 0.6), 0))
        .hasMessageContaining("must be at most 1 together, but are 1.2");
  }

  @Test
  void faultsAreDrawnAtTheirRatesAndTheSameInEachRun() {
    FaultPlan plan =
        FaultPlan.NONE.withRates(Map.of(Fault.OVERLOADED, 0.1, Fault.NO_DONE, 0.3), 42);

    long overloaded = drawn(plan, Fault.OVERLOADED);

    assertThat(overloaded).isBetween(900L, 1_100L);
    assertThat(drawn(plan, Fault.NO_DONE)).isBetween(2_850L, 3_150L);
    assertThat(drawn(plan, Fault.OVERLOADED)).isEqualTo(overloaded);
    assertThat(FaultPlan.of(Fault.NO_DONE, 1, 0).drawn(17)).contains(Fault.NO_DONE);
  }

  private static long drawn(FaultPlan plan, Fault fault) {
    return LongStream.range(0, 10_000)
        .filter(call -> plan.drawn(call).filter(found -> found == fault).isPresent())
        .count();
  }
}
