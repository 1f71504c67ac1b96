package io.livemind.cli.admin;

import io.livemind.schemas.Metric;
import java.util.List;

/** What the processes measure about the cluster, besides what the modules measure themselves. */
public enum OperationsMetric implements Metric {
  TASKS_WAITING(
      "livemind.tasks.waiting",
      Kind.GAUGE,
      "records",
      "Tasks in the log that no worker has taken yet, over all partitions: the share group's lag."
          + " Published by each topology instance; take the maximum.",
      "kind"),
  TASKS_LAG_AGE(
      "livemind.tasks.lag.age",
      Kind.GAUGE,
      "seconds",
      "How old the figure of livemind.tasks.waiting is; grows when the brokers do not tell it.",
      "kind");

  private final Description description;

  OperationsMetric(String name, Kind kind, String unit, String sentence, String... tags) {
    description = new Description(name, kind, unit, sentence, List.of(tags));
  }

  @Override
  public Description description() {
    return description;
  }
}
