package io.livemind.cli.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A plot of a few series over a few named places, as SVG: each value a mark, those of a series
 * joined by a line. Readable in black and white: each series has a mark of its own, and each value
 * a tooltip.
 *
 * <p>Threading: one thread at a time.
 */
final class SvgChart {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 400;
  private static final int LEFT = 64;
  private static final int TOP = 48;
  private static final int PLOT_WIDTH = 500;
  private static final int PLOT_HEIGHT = 280;
  private static final int GRID_LINES = 5;
  private static final List<String> COLOURS =
      List.of("#0b62a4", "#b3480f", "#2f7d32", "#7a3e9d", "#555555", "#a3195b");

  private final String title;
  private final String unit;
  private final List<String> places = new ArrayList<>();
  private final Map<String, Map<String, Double>> series = new LinkedHashMap<>();

  /**
   * @param title what is shown
   * @param unit of the values
   */
  SvgChart(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  /** Adds a value; places and series appear in the order in which they come first. */
  void add(String name, String place, double value) {
    if (!places.contains(place)) places.add(place);
    series.computeIfAbsent(name, ignored -> new LinkedHashMap<>()).put(place, value);
  }

  /** The file. */
  String svg() {
    double top = top();
    var svg = new StringBuilder();
    svg.append(
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                + " font-family=\"sans-serif\" font-size=\"13\">%n<title>%s</title>%n",
            WIDTH, HEIGHT, escaped(title)));
    svg.append(format("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>%n", WIDTH, HEIGHT));
    svg.append(text(LEFT, 24, "start", title + " (" + unit + ")"));
    for (int line = 0; line <= GRID_LINES; line++) grid(top * line / GRID_LINES, top, svg);
    for (int i = 0; i < places.size(); i++)
      svg.append(text(x(i), TOP + PLOT_HEIGHT + 22, "middle", places.get(i)));
    int number = 0;
    for (var one : series.entrySet()) draw(one.getKey(), one.getValue(), number++, top, svg);
    return svg.append("</svg>\n").toString();
  }

  private void grid(double value, double top, StringBuilder svg) {
    double y = y(value, top);
    svg.append(
        format(
            "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>%n",
            LEFT, LEFT + PLOT_WIDTH, y, y));
    svg.append(text(LEFT - 8, y + 4, "end", number(value)));
  }

  private void draw(
      String name, Map<String, Double> values, int number, double top, StringBuilder svg) {
    String colour = COLOURS.get(number % COLOURS.size());
    var points = new StringBuilder();
    var marks = new StringBuilder();
    for (int i = 0; i < places.size(); i++) {
      Double value = values.get(places.get(i));
      if (value == null) continue;
      points.append(format("%.1f,%.1f ", x(i), y(value, top)));
      String told = name + ", " + places.get(i) + ": " + number(value) + " " + unit;
      marks.append(mark(x(i), y(value, top), number, colour, told));
    }
    svg.append(
        format(
            "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n",
            points.toString().strip(), colour));
    double key = TOP + 12 + number * 24.0;
    svg.append(marks).append(mark(LEFT + PLOT_WIDTH + 24, key, number, colour, name));
    svg.append(text(LEFT + PLOT_WIDTH + 38, key + 4, "start", name));
  }

  /** Circle, square, diamond and triangle in turn. */
  private static String mark(double x, double y, int number, String colour, String told) {
    String shape =
        switch (number % 4) {
          case 0 -> format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\"", x, y);
          case 1 ->
              format("<rect x=\"%.1f\" y=\"%.1f\" width=\"9\" height=\"9\"", x - 4.5, y - 4.5);
          case 2 -> format("<path d=\"M%.1f %.1fl6 6l-6 6l-6 -6z\"", x, y - 6);
          default -> format("<path d=\"M%.1f %.1fl6 10l-12 0z\"", x, y - 6);
        };
    return format(
        "%s fill=\"%s\"><title>%s</title></%s>%n", shape, colour, escaped(told), tag(shape));
  }

  private static String tag(String shape) {
    return shape.substring(1, shape.indexOf(' '));
  }

  private double x(int place) {
    return LEFT + PLOT_WIDTH * (place + 0.5) / places.size();
  }

  private static double y(double value, double top) {
    return TOP + PLOT_HEIGHT * (1 - value / top);
  }

  /** The next round number above all values. */
  private double top() {
    double largest =
        series.values().stream()
            .flatMap(one -> one.values().stream())
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(1);
    if (largest <= 0) return 1;
    double power = Math.pow(10, Math.floor(Math.log10(largest)));
    for (double step : new double[] {1, 2, 2.5, 5})
      if (largest <= step * power) return step * power;
    return 10 * power;
  }

  private static String text(double x, double y, String anchor, String text) {
    return format(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"#222222\">%s</text>%n",
        x, y, anchor, escaped(text));
  }

  private static String number(double value) {
    return value >= 100 || value == Math.rint(value)
        ? format("%.0f", value)
        : format(value >= 10 ? "%.1f" : "%.2f", value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
