package io.livemind.topology.segmentation.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.topology.segmentation.check.RecordedCounts.Recorded;
import io.livemind.topology.segmentation.check.SegmentationCheck.Case;
import io.livemind.topology.segmentation.check.SegmentationCheck.Share;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentationCheckTest {
  private static final Cutter AT_BARS = text -> List.of(text.split("(?<=[|])"));

  @Test
  void whiteSpaceBetweenSegmentsDoesNotCount() {
    assertThat(passes("a. | b", "a.|", "b")).isTrue();
    assertThat(passes("a. | b", "a. | b")).isFalse();
  }

  @Test
  void whereTheExpectedTextWasChangedOnlyTheBoundariesAreCompared() {
    assertThat(passes("<b>one</b>| two", "one|", "two")).isTrue();
    assertThat(passes("<b>one</b>| two", "one| two")).isFalse();
    assertThat(passes("<b>one</b> two|", "one", "two|")).isFalse();
    assertThat(passes("`one'|two", "'one'|", "two")).isTrue();
  }

  @Test
  void sharesAreCountedPerLanguage() {
    var result =
        SegmentationCheck.run(
            AT_BARS,
            List.of(
                new Case("en", "1", "a|b", List.of("a|", "b")),
                new Case("en", "2", "ab", List.of("a", "b")),
                new Case("de", "3", "c", List.of("c"))));

    assertThat(result.total()).isEqualTo(new Share(2, 3));
    assertThat(result.languages())
        .containsEntry("en", new Share(1, 2))
        .containsEntry("de", new Share(1, 1));
    assertThat(result.failures()).hasSize(1);
    assertThat(result.failures().getFirst().actual()).containsExactly("ab");
  }

  @Test
  void theLargestDisagreementComesFirst() {
    var result =
        RecordedCounts.compare(
            AT_BARS,
            List.of(
                new Recorded("1", "a", 1), new Recorded("2", "a|b", 3), new Recorded("3", "a", 4)));

    assertThat(result.all()).isEqualTo(new Share(1, 3));
    assertThat(result.several()).isEqualTo(new Share(0, 2));
    assertThat(result.disagreements())
        .extracting(one -> one.recorded().id())
        .containsExactly("3", "2");
    assertThat(result.disagreements().getFirst().difference()).isEqualTo(-3);
  }

  @Test
  void everyDeliberateDifferenceHasAReason() {
    var differences = DeliberateDifferences.load();

    assertThat(differences.reason(new Case("ar", "Comma #005", "", List.of())))
        .hasValueSatisfying(reason -> assertThat(reason).contains("comma"));
    assertThat(differences.reason(new Case("en", "another", "", List.of()))).isEmpty();
  }

  private static boolean passes(String text, String... segments) {
    var one = new Case("en", "case", text, List.of(segments));
    return SegmentationCheck.run(AT_BARS, List.of(one)).failures().isEmpty();
  }
}
