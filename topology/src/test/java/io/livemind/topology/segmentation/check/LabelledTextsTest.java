package io.livemind.topology.segmentation.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.avro.Granularity;
import io.livemind.topology.segmentation.SegmentationSettings;
import io.livemind.topology.segmentation.Segmenter;
import io.livemind.topology.segmentation.check.LabelledTexts.Part;
import org.junit.jupiter.api.Test;

class LabelledTextsTest {
  private static final Cutter SEGMENTER =
      Cutter.of(new Segmenter(new SegmentationSettings(Granularity.SENTENCE, 1, 1000)));

  @Test
  void eachLanguageHasFortyBoundariesAndTwentyHardPlacesAndAThirdIsSetAside() {
    for (String language : LabelledTexts.LANGUAGES) {
      BoundaryScore development = score(SEGMENTER, language, Part.DEVELOPMENT);
      BoundaryScore aside = score(SEGMENTER, language, Part.SET_ASIDE);
      int boundaries = development.expected() + aside.expected();
      assertThat(boundaries).as(language).isGreaterThanOrEqualTo(40);
      assertThat(development.plus(aside).hardPlaces()).as(language).isGreaterThanOrEqualTo(20);
      assertThat(3 * aside.expected()).as(language).isGreaterThanOrEqualTo(boundaries - 2);
    }
  }

  @Test
  void theTargetsAreMetAndARegularExpressionIsFarFromThem() {
    BoundaryScore all = BoundaryScore.NONE;
    BoundaryScore plain = BoundaryScore.NONE;
    for (String language : LabelledTexts.LANGUAGES) {
      BoundaryScore both = BoundaryScore.NONE;
      for (Part part : Part.values()) {
        both = both.plus(score(SEGMENTER, language, part));
        plain = plain.plus(score(new PlainExpression(), language, part));
      }
      assertThat(both.f1()).as(language).isGreaterThanOrEqualTo(0.93);
      all = all.plus(both);
    }
    assertThat(all.f1()).isGreaterThanOrEqualTo(0.97);
    assertThat(plain.f1()).isLessThan(0.8);
  }

  private static BoundaryScore score(Cutter cutter, String language, Part part) {
    return BoundaryScore.of(cutter, LabelledTexts.of(language, part));
  }
}
