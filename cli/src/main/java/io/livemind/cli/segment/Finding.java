package io.livemind.cli.segment;

import java.util.List;

/**
 * What a check found.
 *
 * @param name what was held against what
 * @param figures in the order in which they are shown
 * @param details lines for whoever wants to know why
 */
record Finding(String name, List<Figure> figures, List<String> details) {
  Finding {
    figures = List.copyOf(figures);
    details = List.copyOf(details);
  }

  /**
   * One figure.
   *
   * @param of language, or what else it is of
   * @param value from 0 to 1
   * @param target the least that it should be; 0: it has none
   * @param beside what stands behind it
   */
  record Figure(String of, double value, double target, String beside) {
    boolean reached() {
      return value >= target;
    }
  }

  boolean reached() {
    return figures.stream().allMatch(Figure::reached);
  }
}
