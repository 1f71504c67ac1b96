package io.livemind.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.livemind.simulator.LatencyModel.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatencyModelTest {
  private static final LatencyModel TRUE = new LatencyModel(0.4, 0.0007, 0.0525);

  @Test
  void aFitFindsTheModelThatTheSamplesWereMadeWith() {
    var samples = new ArrayList<Sample>();
    var random = new SplittableRandom(1);
    for (int i = 0; i < 50; i++)
      samples.add(sample(random.nextInt(1, 9), random.nextInt(200, 900), random.nextInt(20, 400)));

    LatencyModel fitted = LatencyModel.fit(samples);

    assertThat(fitted.overheadSeconds()).isCloseTo(0.4, within(1e-6));
    assertThat(fitted.secondsPerPromptToken()).isCloseTo(0.0007, within(1e-9));
    assertThat(fitted.secondsPerCompletionToken()).isCloseTo(0.0525, within(1e-7));
  }

  @Test
  void aFitToNoisyTimesIsOffByLessThanTheNoise() {
    var samples = new ArrayList<Sample>();
    var random = new SplittableRandom(2);
    for (int i = 0; i < 1_000; i++) {
      Sample exact = sample(1, random.nextInt(200, 900), random.nextInt(20, 400));
      double noisy = exact.seconds() + random.nextDouble(-0.1, 0.1);
      samples.add(new Sample(1, exact.promptTokens(), exact.completionTokens(), noisy));
    }

    LatencyModel fitted = LatencyModel.fit(samples);

    for (Sample sample : samples)
      assertThat(fitted.secondsFor(sample)).isCloseTo(TRUE.secondsFor(sample), within(0.03));
  }

  @Test
  void aConstantThatWouldBeNegativeIsZeroAndTheOthersAreFittedWithout() {
    List<Sample> samples =
        List.of(
            new Sample(1, 100, 100, 0.95),
            new Sample(1, 200, 200, 1.95),
            new Sample(1, 300, 900, 8.95),
            new Sample(1, 900, 50, 0.45));

    LatencyModel fitted = LatencyModel.fit(samples);

    assertThat(fitted.overheadSeconds()).isZero();
    assertThat(fitted.secondsPerCompletionToken()).isCloseTo(0.00985, within(0.0002));
  }

  @Test
  void samplesThatDoNotTellTheConstantsApartAreRefused() {
    List<Sample> alike = List.of(sample(1, 100, 10), sample(1, 100, 20), sample(1, 100, 30));

    assertThatThrownBy(() -> LatencyModel.fit(alike))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not tell overhead, prefill and decode apart");
    assertThatThrownBy(() -> LatencyModel.fit(List.of(sample(1, 100, 10), sample(1, 90, 20))))
        .hasMessageContaining("the 2 samples");
  }

  @Test
  void aNegativeConstantIsRefusedByName() {
    assertThatThrownBy(() -> new LatencyModel(0, -0.1, 0))
        .hasMessage("secondsPerPromptToken must be 0 s or more, is -0.1");
  }

  @Test
  void theCalibratedProfilesGiveTheTimesOfTheRecordings() {
    // The mean conventional call: 240.8 prompt tokens; 298.7 tokens in 16.262 s, 271.8 in 2.756 s.
    assertThat(ModelProfiles.LLAMA_3_70B_A100.conventionalLatency().secondsFor(241, 299))
        .isCloseTo(16.262, within(0.02 * 16.262));
    assertThat(ModelProfiles.LLAMA_3_8B_A100.conventionalLatency().secondsFor(241, 272))
        .isCloseTo(2.756, within(0.02 * 2.756));
  }

  @Test
  void aProfileIsFoundByItsName() {
    assertThat(ModelProfiles.named("llama-3-8b-a100")).contains(ModelProfiles.LLAMA_3_8B_A100);
    assertThat(ModelProfiles.named("no-such-profile")).isEmpty();
  }

  private static Sample sample(int calls, long promptTokens, long completionTokens) {
    var untimed = new Sample(calls, promptTokens, completionTokens, 0);
    return new Sample(calls, promptTokens, completionTokens, TRUE.secondsFor(untimed));
  }
}
