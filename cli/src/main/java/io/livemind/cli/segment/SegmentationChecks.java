package io.livemind.cli.segment;

import static java.util.Locale.ROOT;

import io.livemind.cli.segment.Finding.Figure;
import io.livemind.topology.segmentation.check.BoundaryScore;
import io.livemind.topology.segmentation.check.Cutter;
import io.livemind.topology.segmentation.check.DeliberateDifferences;
import io.livemind.topology.segmentation.check.LabelledReport;
import io.livemind.topology.segmentation.check.LabelledTexts.Part;
import io.livemind.topology.segmentation.check.PlainExpression;
import io.livemind.topology.segmentation.check.RecordedCounts;
import io.livemind.topology.segmentation.check.RecordedCounts.Disagreement;
import io.livemind.topology.segmentation.check.SegmentationCheck;
import io.livemind.topology.segmentation.check.SegmentationCheck.Failure;
import io.livemind.topology.segmentation.check.SegmentationCheck.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds a cutter against what is known, and each figure against its target. */
final class SegmentationChecks {
  private static final double CASES = 0.85;
  private static final double ENGLISH_CASES = 0.90;
  private static final double LABELLED = 0.97;
  private static final double LABELLED_LANGUAGE = 0.93;
  private static final double COUNTS = 0.95;
  private static final double COUNTS_OF_SEVERAL = 0.92;
  private static final int SHOWN_DISAGREEMENTS = 10;

  private final Cutter cutter;

  SegmentationChecks(Cutter cutter) {
    this.cutter = cutter;
  }

  List<Finding> of(CheckFile file) {
    List<Finding> findings = new ArrayList<>();
    if (!file.cases().isEmpty()) findings.add(cases(file));
    if (!file.recorded().isEmpty()) findings.add(counts(file));
    return findings;
  }

  private Finding cases(CheckFile file) {
    var result = SegmentationCheck.run(cutter, file.cases());
    var plain = SegmentationCheck.run(new PlainExpression(), file.cases());
    List<Figure> figures = new ArrayList<>();
    for (Map.Entry<String, Share> language : result.languages().entrySet()) {
      String code = language.getKey();
      double target = code.equals("en") ? ENGLISH_CASES : 0;
      figures.add(
          share(
              code,
              language.getValue(),
              target,
              plain.languages().getOrDefault(code, new Share(0, 0))));
    }
    figures.add(share(LabelledReport.ALL, result.total(), CASES, plain.total()));
    return new Finding("cases passed", figures, differences(result.failures()));
  }

  private static Figure share(String of, Share share, double target, Share plain) {
    String beside =
        "%d of %d; a regular expression %s"
            .formatted(share.passed(), share.all(), percent(plain.ratio()));
    return new Figure(of, share.ratio(), target, beside);
  }

  private static List<String> differences(List<Failure> failures) {
    var deliberate = DeliberateDifferences.load();
    return failures.stream()
        .map(
            failure ->
                "%s  %s: %s"
                    .formatted(
                        failure.expected().language(),
                        failure.expected().name(),
                        deliberate
                            .reason(failure.expected())
                            .orElse("not on purpose: cut as " + failure.actual())))
        .toList();
  }

  private Finding counts(CheckFile file) {
    var result = RecordedCounts.compare(cutter, file.recorded());
    return new Finding(
        "same number of segments as recorded",
        List.of(
            new Figure(LabelledReport.ALL, result.all().ratio(), COUNTS, counted(result.all())),
            new Figure(
                "≥ 2", result.several().ratio(), COUNTS_OF_SEVERAL, counted(result.several()))),
        result.disagreements().stream()
            .limit(SHOWN_DISAGREEMENTS)
            .map(SegmentationChecks::disagreement)
            .toList());
  }

  private static String counted(Share share) {
    return "%d of %d questions".formatted(share.passed(), share.all());
  }

  private static String disagreement(Disagreement one) {
    return "question %s: %d segments, %d recorded"
        .formatted(one.recorded().id(), one.actual().size(), one.recorded().segments());
  }

  /** One finding for each part of our own labelled texts. */
  List<Finding> labelled() {
    List<LabelledReport.Row> rows = LabelledReport.rows(cutter);
    List<Finding> findings = new ArrayList<>();
    for (Part part : Part.values()) {
      List<Figure> figures =
          rows.stream()
              .filter(row -> row.part() == part)
              .map(
                  row ->
                      new Figure(
                          row.language(),
                          row.score().f1(),
                          row.language().equals(LabelledReport.ALL) ? LABELLED : LABELLED_LANGUAGE,
                          "%s; a regular expression %.3f: %s; %d boundaries, %d hard places"
                              .formatted(
                                  score(row.score()),
                                  row.plain().f1(),
                                  score(row.plain()),
                                  row.score().expected(),
                                  row.score().hardPlaces())))
              .toList();
      String name = part.name().toLowerCase(ROOT).replace('_', ' ');
      findings.add(new Finding("labelled texts, " + name + ", F1", figures, List.of()));
    }
    return findings;
  }

  private static String score(BoundaryScore score) {
    return "precision %.3f, recall %.3f".formatted(score.precision(), score.recall());
  }

  static String percent(double share) {
    return "%.1f %%".formatted(share * 100);
  }
}
