package io.livemind.cli.admin;

import io.livemind.schemas.Metric;
import java.util.List;

/** What the processes measure about the cluster, besides what the modules measure themselves. */
public enum OperationsMetric implements Metric {
  TASKS_WAITING(
      "livemind.tasks.waiting",
      Kind.GAUGE,
      "records",
      List.of("kind"),
      "Tasks in the log that no worker has taken yet, over all partitions: the share group's lag."
          + " Published by each topology instance; take the maximum."),
  TASKS_LAG_AGE(
      "livemind.tasks.lag.age",
      Kind.GAUGE,
      "seconds",
      List.of("kind"),
      "How old the figure of livemind.tasks.waiting is; grows when the brokers do not tell it.");

  private final String metricName;
  private final Kind kind;
  private final String unit;
  private final List<String> tags;
  private final String sentence;

  OperationsMetric(String metricName, Kind kind, String unit, List<String> tags, String sentence) {
    this.metricName = metricName;
    this.kind = kind;
    this.unit = unit;
    this.tags = tags;
    this.sentence = sentence;
  }

  @Override
  public String metricName() {
    return metricName;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public String unit() {
    return unit;
  }

  @Override
  public List<String> tags() {
    return tags;
  }

  @Override
  public String sentence() {
    return sentence;
  }
}
