package io.livemind.benchmarks.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.livemind.benchmarks.scaling.Fleet.Policy;
import org.junit.jupiter.api.Test;

class ScalingTest {
  private static final Costs COSTS =
      new Costs(20, 200, 10, 20, 50, 100, 300, 1_500, 120, 15, 50, 1_000, 2_420);
  private static final long SEED = 1;

  @Test
  void twiceThePeopleNeedTwiceTheBytesAndTheCores() {
    var one = new ScalingModel(People.MILLION, COSTS);
    var two = new ScalingModel(People.MILLION.withTypists(2_000_000), COSTS);

    assertThat(two.writtenMegabytes()).isCloseTo(2 * one.writtenMegabytes(), within(1e-6));
    assertThat(two.topologyCores()).isCloseTo(2 * one.topologyCores(), within(1e-6));
  }

  @Test
  void onePartitionOfInferenceTasksBoundsAPrefix() {
    var model = new ScalingModel(People.MILLION, COSTS);

    assertThat(model.people().inferenceTasks()).isEqualTo(50_000, within(1e-6));
    assertThat(model.prefixes()).isEqualTo(21);
    assertThat(model.topologyInstances()).isEqualTo(21);
    assertThat(new ScalingModel(People.MILLION.withTypists(1_000), COSTS).prefixes()).isEqualTo(1);
  }

  @Test
  void aFleetThatIsHalfIdleMakesNobodyWait() {
    for (Policy policy : Policy.values()) {
      var outcome = Fleet.simulate(100, 0.5, policy, 20_000, SEED);
      assertThat(outcome.answerWaitP99Seconds()).as(policy.text()).isZero();
    }
  }

  @Test
  void inOneQueueAnswersWaitForThinkingWhenThereIsTooMuchOfIt() {
    var one = Fleet.simulate(100, 1.2, Policy.ONE_QUEUE, 20_000, SEED);
    var cancelling = Fleet.simulate(100, 1.2, Policy.CANCEL_THINKING, 20_000, SEED);

    assertThat(one.answerWaitP50Seconds()).isGreaterThan(5);
    assertThat(cancelling.answerWaitP99Seconds()).isZero();
    assertThat(cancelling.thoughtShare()).isLessThan(1);
  }

  @Test
  void aThoughtThatComesTooLateForItsAnswerIsDroppedAndNotCounted() {
    var outcome = Fleet.simulate(100, 1.9, Policy.ONE_QUEUE, 100_000, SEED);

    assertThat(outcome.answerWaitP50Seconds()).isLessThan(40);
    assertThat(outcome.thoughtShare()).isLessThan(0.2);
  }

  @Test
  void inAnIdleFleetOnlyThoughtsThatRunAtSubmitAreLost() {
    // Begun 7.5, 15 and 22.5 s before it, of 2 s on average: exp(-3.75) of a third is 0.8 %.
    var outcome = Fleet.simulate(1_000, 0.1, Policy.ANSWERS_FIRST, 100_000, SEED);

    assertThat(outcome.thoughtShare()).isCloseTo(0.992, within(0.002));
  }

  @Test
  void noPolicyHelpsWhenAnswersAloneAreMoreThanTheFleetCanDo() {
    var outcome = Fleet.simulate(100, 2.4, Policy.SHED_THINKING, 20_000, SEED);

    assertThat(outcome.answerWaitP50Seconds()).isGreaterThan(5);
  }
}
