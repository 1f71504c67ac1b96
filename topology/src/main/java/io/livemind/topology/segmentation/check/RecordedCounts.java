package io.livemind.topology.segmentation.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Compares the number of segments with the number that an experiment recorded. */
public final class RecordedCounts {

  /** A text and the recorded number of its segments. */
  public record Recorded(String id, String text, int segments) {}

  /** A text that was cut into another number of segments. */
  public record Disagreement(Recorded recorded, List<String> actual) {
    /** Segments too many; negative: too few. */
    public int difference() {
      return actual.size() - recorded.segments();
    }
  }

  /**
   * @param all texts that agree, of all
   * @param several of those with two or more recorded segments
   * @param disagreements the largest first
   */
  public record Result(
      SegmentationCheck.Share all,
      SegmentationCheck.Share several,
      List<Disagreement> disagreements) {}

  private RecordedCounts() {}

  /** Cuts every text. */
  public static Result compare(Cutter cutter, List<Recorded> texts) {
    var all = new SegmentationCheck.Share(0, 0);
    var several = new SegmentationCheck.Share(0, 0);
    List<Disagreement> disagreements = new ArrayList<>();
    for (Recorded recorded : texts) {
      var disagreement = new Disagreement(recorded, cutter.segments(recorded.text()));
      boolean agrees = disagreement.difference() == 0;
      all = all.plus(agrees);
      if (recorded.segments() >= 2) several = several.plus(agrees);
      if (!agrees) disagreements.add(disagreement);
    }
    disagreements.sort(
        Comparator.comparingInt((Disagreement one) -> Math.abs(one.difference())).reversed());
    return new Result(all, several, disagreements);
  }
}
