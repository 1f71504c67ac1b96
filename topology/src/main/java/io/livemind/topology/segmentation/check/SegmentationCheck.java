package io.livemind.topology.segmentation.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many cases with expected segments a cutter passes. */
public final class SegmentationCheck {

  /**
   * A text and the segments that somebody expects. White space between them does not count.
   *
   * @param language two letters
   * @param name what the case is about
   */
  public record Case(String language, String name, String text, List<String> segments) {
    public Case {
      segments = List.copyOf(segments);
    }
  }

  /** A case that was cut otherwise. */
  public record Failure(Case expected, List<String> actual) {}

  /** Passed and all cases. */
  public record Share(int passed, int all) {
    /** From 0 to 1; 1 when there are no cases. */
    public double ratio() {
      return all == 0 ? 1 : (double) passed / all;
    }

    Share plus(boolean pass) {
      return new Share(passed + (pass ? 1 : 0), all + 1);
    }
  }

  /**
   * @param total over all languages
   * @param languages by code, in alphabetical order
   * @param failures in the order of the cases
   */
  public record Result(Share total, Map<String, Share> languages, List<Failure> failures) {}

  private SegmentationCheck() {}

  /** Cuts every case. */
  public static Result run(Cutter cutter, List<Case> cases) {
    Share total = new Share(0, 0);
    Map<String, Share> languages = new TreeMap<>();
    List<Failure> failures = new ArrayList<>();
    for (Case one : cases) {
      List<String> actual = cutter.segments(one.text());
      boolean pass = Alignment.same(one.text(), one.segments(), actual);
      total = total.plus(pass);
      languages.put(
          one.language(), languages.getOrDefault(one.language(), new Share(0, 0)).plus(pass));
      if (!pass) failures.add(new Failure(one, actual));
    }
    return new Result(total, languages, failures);
  }
}
