package io.livemind.topology.segmentation.check;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Precision and recall on boundaries inside texts; the end of a text is none.
 *
 * @param found boundaries that are expected and found
 * @param invented found, not expected
 * @param missed expected, not found
 * @param hardPlaces stops and line ends inside the expected segments: places that look like a
 *     boundary
 */
public record BoundaryScore(int found, int invented, int missed, int hardPlaces) {

  /** Nothing measured. */
  public static final BoundaryScore NONE = new BoundaryScore(0, 0, 0, 0);

  private static final String STOPS = ".!?…。！？؟।\n";

  /** The score of a cutter on texts that are given as their expected segments. */
  public static BoundaryScore of(Cutter cutter, List<List<String>> texts) {
    BoundaryScore sum = NONE;
    for (List<String> expected : texts) sum = sum.plus(ofText(cutter, expected));
    return sum;
  }

  private static BoundaryScore ofText(Cutter cutter, List<String> expected) {
    Set<Integer> wanted = boundaries(expected);
    Set<Integer> actual = boundaries(cutter.segments(String.join("", expected)));
    int found = (int) actual.stream().filter(wanted::contains).count();
    int hard = 0;
    for (String segment : expected) hard += hardPlaces(segment.strip());
    return new BoundaryScore(found, actual.size() - found, wanted.size() - found, hard);
  }

  /** How many boundaries there are to find. */
  public int expected() {
    return found + missed;
  }

  /** How many of the found boundaries are right. */
  public double precision() {
    return found + invented == 0 ? 1 : (double) found / (found + invented);
  }

  /** How many of the expected boundaries are found. */
  public double recall() {
    return found + missed == 0 ? 1 : (double) found / (found + missed);
  }

  /** The harmonic mean of both. */
  public double f1() {
    double sum = precision() + recall();
    return sum == 0 ? 0 : 2 * precision() * recall() / sum;
  }

  /** Both together. */
  public BoundaryScore plus(BoundaryScore other) {
    return new BoundaryScore(
        found + other.found,
        invented + other.invented,
        missed + other.missed,
        hardPlaces + other.hardPlaces);
  }

  /** Visible characters before each boundary. */
  private static Set<Integer> boundaries(List<String> segments) {
    Set<Integer> result = new TreeSet<>();
    int length = 0;
    for (String segment : segments) {
      if (length > 0) result.add(length);
      length += Alignment.visible(segment).length();
    }
    result.remove(length);
    return result;
  }

  private static int hardPlaces(String segment) {
    int count = 0;
    for (int i = 0; i < segment.length() - 1; i++) {
      boolean stop = STOPS.indexOf(segment.charAt(i)) >= 0;
      boolean last = stop && STOPS.indexOf(segment.charAt(i + 1)) < 0;
      boolean end = segment.substring(i + 1).chars().noneMatch(Character::isLetterOrDigit);
      boolean thai =
          segment.charAt(i) == ' ' && segment.chars().anyMatch(c -> c >= 0x0E01 && c < 0x0E4E);
      if (last && !end || thai) count++;
    }
    return count;
  }
}
