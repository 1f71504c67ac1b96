package io.livemind.topology.segmentation.check;

import io.livemind.topology.segmentation.check.LabelledTexts.Part;
import java.util.ArrayList;
import java.util.List;

/** Precision and recall on our labelled texts, those of a regular expression beside each. */
public final class LabelledReport {

  /**
   * @param language two letters, or {@link #ALL}
   * @param score of what is measured
   * @param plain of {@link PlainExpression}
   */
  public record Row(String language, Part part, BoundaryScore score, BoundaryScore plain) {}

  /** The language of the rows that sum up a part. */
  public static final String ALL = "all";

  private LabelledReport() {}

  /** A row for each part and language, and one for each part as a whole. */
  public static List<Row> rows(Cutter cutter) {
    var plainExpression = new PlainExpression();
    List<Row> rows = new ArrayList<>();
    for (Part part : Part.values()) {
      var sum = new Row(ALL, part, BoundaryScore.NONE, BoundaryScore.NONE);
      for (String language : LabelledTexts.LANGUAGES) {
        List<List<String>> texts = LabelledTexts.of(language, part);
        BoundaryScore score = BoundaryScore.of(cutter, texts);
        BoundaryScore plain = BoundaryScore.of(plainExpression, texts);
        rows.add(new Row(language, part, score, plain));
        sum = new Row(ALL, part, sum.score().plus(score), sum.plain().plus(plain));
      }
      rows.add(sum);
    }
    return rows;
  }
}
