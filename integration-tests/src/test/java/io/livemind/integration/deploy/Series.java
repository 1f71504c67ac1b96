package io.livemind.integration.deploy;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line of what a role shows to Prometheus, without its value. */
public record Series(String metric, Map<String, String> labels) {
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  /** Reads a line of the text format. */
  public static Series read(String line) {
    int labelled = line.indexOf('{');
    if (labelled < 0) return new Series(line.substring(0, line.indexOf(' ')), Map.of());
    Map<String, String> labels = new TreeMap<>();
    Matcher label = LABEL.matcher(line.substring(labelled));
    while (label.find()) labels.put(label.group(1), label.group(2));
    return new Series(line.substring(0, labelled), labels);
  }
}
