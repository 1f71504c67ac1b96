package io.livemind.integration.deploy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a query asks for: a metric, conditions on its labels, and the labels that it keeps apart.
 *
 * <p>Labels that Prometheus itself gives are not asked of a process, on Kubernetes the pod too. A
 * role is one of those that there are.
 */
public record Selector(String metric, List<Condition> conditions, List<String> grouped) {
  private static final Pattern METRIC =
      Pattern.compile("\\b((?:livemind|kafka|jvm)_\\w+)(?:\\{([^}]*)})?");
  private static final Pattern CONDITION =
      Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
  private static final Pattern GROUPED = Pattern.compile("\\bby \\(([^)]*)\\)\\s*\\($");
  private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job", "pod");
  private static final Set<String> ROLES = Set.of("topology", "worker", "gateway", "simulator");

  /** A condition on a label. */
  record Condition(String label, String operator, String value) {
    boolean holds(Series series) {
      if (OF_PROMETHEUS.contains(label)) return true;
      if (label.equals("role")) return ROLES.contains(value);
      String has = series.labels().getOrDefault(label, "");
      return switch (operator) {
        case "=" -> has.equals(value);
        case "!=" -> !has.equals(value);
        case "=~" -> has.matches(value);
        case "!~" -> !has.matches(value);
        default -> throw new IllegalStateException(operator);
      };
    }
  }

  /** All of a query, in their order. */
  public static List<Selector> of(String query) {
    List<Selector> selectors = new ArrayList<>();
    Matcher metric = METRIC.matcher(query);
    while (metric.find())
      selectors.add(
          new Selector(
              metric.group(1),
              conditions(Objects.requireNonNullElse(metric.group(2), "")),
              grouped(query.substring(0, metric.start()))));
    return selectors;
  }

  private static List<Condition> conditions(String text) {
    return CONDITION
        .matcher(text)
        .results()
        .map(found -> new Condition(found.group(1), found.group(2), found.group(3)))
        .toList();
  }

  /** The labels of the aggregation that stands before a metric, with or without a function. */
  private static List<String> grouped(String before) {
    String aggregation = before.replaceFirst("\\w+\\($", "");
    return Optional.of(GROUPED.matcher(aggregation))
        .filter(Matcher::find)
        .map(found -> Arrays.asList(found.group(1).split("\\s*,\\s*")))
        .orElse(List.of());
  }

  /** Whether Prometheus would find this series. */
  public boolean matches(Series series) {
    return series.metric().equals(metric)
        && conditions.stream().allMatch(condition -> condition.holds(series))
        && grouped.stream()
            .allMatch(label -> OF_PROMETHEUS.contains(label) || series.labels().containsKey(label));
  }
}
