package io.livemind.replay.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.livemind.replay.Samples;
import io.livemind.replay.latency.LatencyFit.Sample;
import io.livemind.replay.recording.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyFitTest {
  private static final LatencyConstants TRUE = new LatencyConstants(0.4, 0.0007, 0.0525);

  @Test
  void constantsThatMadeTheSamplesAreFoundAgain() {
    LatencyConstants fitted = LatencyFit.fit(samples(TRUE, 0)).orElseThrow();

    assertThat(fitted.overheadSeconds()).isCloseTo(0.4, within(1e-6));
    assertThat(fitted.secondsPerPromptToken()).isCloseTo(0.0007, within(1e-8));
    assertThat(fitted.secondsPerCompletionToken()).isCloseTo(0.0525, within(1e-8));
  }

  @Test
  void noiseMovesTheConstantsALittle() {
    LatencyConstants fitted = LatencyFit.fit(samples(TRUE, 0.05)).orElseThrow();

    assertThat(fitted.overheadSeconds()).isCloseTo(0.4, within(0.02));
    assertThat(fitted.secondsPerCompletionToken()).isCloseTo(0.0525, within(0.0003));
  }

  @Test
  void runsThatTookLongerThanTheirTokensExplainDoNotMoveTheConstants() {
    var samples = new ArrayList<Sample>(samples(TRUE, 0));
    for (int i = 0; i < samples.size(); i += 10) {
      Sample slow = samples.get(i);
      samples.set(
          i,
          new Sample(
              slow.calls(), slow.promptTokens(), slow.completionTokens(), slow.seconds() + 3));
    }
    LatencyConstants fitted = LatencyFit.fit(samples).orElseThrow();

    assertThat(fitted.overheadSeconds()).isCloseTo(0.4, within(0.001));
    assertThat(fitted.secondsPerCompletionToken()).isCloseTo(0.0525, within(0.00001));
  }

  @Test
  void noConstantIsNegativeEvenWhereThatWouldFitBetter() {
    var samples = new ArrayList<Sample>();
    for (Sample sample : samples(new LatencyConstants(0, 0.0003, 0.01), 0))
      samples.add(
          new Sample(1, sample.promptTokens(), sample.completionTokens(), sample.seconds() - 0.05));
    LatencyConstants fitted = LatencyFit.fit(samples).orElseThrow();

    assertThat(fitted.overheadSeconds()).isZero();
    assertThat(fitted.secondsPerCompletionToken()).isCloseTo(0.01, within(0.001));
  }

  @Test
  void samplesThatDoNotTellTheConstantsApartStillFitThemselves() {
    var same = List.of(new Sample(1, 100, 50, 3), new Sample(1, 100, 50, 3));

    assertThat(LatencyFit.predict(same.getFirst(), LatencyFit.fit(same).orElseThrow()))
        .isCloseTo(3, within(1e-9));
    assertThat(LatencyFit.fit(List.of())).isEmpty();
  }

  @Test
  void anArmIsFittedFromItsRecordedFigures() {
    List<Recording> recordings = List.of(Samples.timed("a", 3, 2, 8), Samples.timed("b", 2, 2, 8));
    ArmLatency live = LatencyFit.ofArm(recordings, "live").orElseThrow();
    var answer = recordings.getFirst().turns().getFirst().outputsOf("live").answer();

    assertThat(live.answer().secondsFor(answer)).isCloseTo(2, within(1e-9));
    assertThat(LatencyFit.ofArm(recordings, "unknown")).isEmpty();
    assertThat(RefitLatency.report(recordings)).contains("conventional: ").contains("live: ");
  }

  /** Inference calls are timed in sums of several, answers one by one; both kinds are here. */
  private static List<Sample> samples(LatencyConstants constants, double noiseSeconds) {
    var random = new Random(7);
    var samples = new ArrayList<Sample>();
    for (int i = 0; i < 1_000; i++) {
      int calls = 1 + random.nextInt(4);
      double prompt = calls * (100 + random.nextInt(1_000));
      double completion = calls * (20 + random.nextInt(300));
      var exact = new Sample(calls, prompt, completion, 0);
      double seconds = LatencyFit.predict(exact, constants) + noiseSeconds * random.nextGaussian();
      samples.add(new Sample(calls, prompt, completion, seconds));
    }
    return samples;
  }
}
