package io.livemind.integration.deploy;

import static io.livemind.integration.deploy.Kustomize.list;
import static io.livemind.integration.deploy.Kustomize.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.cli.admin.OperationsMetric;
import io.livemind.gateway.metric.GatewayMetric;
import io.livemind.schemas.FailureCode;
import io.livemind.schemas.Metric;
import io.livemind.topology.TopologyMetric;
import io.livemind.workers.WorkerMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DashboardsTest {
  private static final Path ALERTS = Path.of("../docker/alerts.yaml");
  private static final Path RUNBOOK = Path.of("../docs/runbook.md");
  private static final Pattern METRIC = Pattern.compile("\\b(livemind_[a-z0-9_]+)\\b");

  @Test
  void everyQueryNamesMetricsThatExist() throws IOException {
    Set<String> known =
        Stream.<Metric[]>of(
                TopologyMetric.values(),
                WorkerMetric.values(),
                GatewayMetric.values(),
                OperationsMetric.values())
            .flatMap(Arrays::stream)
            .flatMap(DashboardsTest::prometheusNames)
            .collect(Collectors.toCollection(TreeSet::new));

    for (String query : Queries.all()) {
      Matcher metric = METRIC.matcher(query);
      while (metric.find()) assertThat(known).as(query).contains(metric.group(1));
    }
  }

  @Test
  void everyAlertHasAHeadingInTheRunbookAndLinksToIt() throws IOException {
    Set<String> headings = headings();
    for (Object group : list(Kustomize.documents(ALERTS).get(0).get("groups")))
      for (Object rule : list(map(group).get("rules"))) {
        String alert = String.valueOf(map(rule).get("alert"));
        assertThat(headings).contains(alert);
        assertThat(map(map(rule).get("annotations")).get("runbook"))
            .isEqualTo("docs/runbook.md#" + alert.toLowerCase(Locale.ROOT));
      }
  }

  @Test
  void everyFailureCodeHasAHeadingInTheRunbook() throws IOException {
    assertThat(headings())
        .containsAll(Arrays.stream(FailureCode.values()).map(FailureCode::code).toList());
  }

  private static Set<String> headings() throws IOException {
    return Files.readAllLines(RUNBOOK).stream()
        .filter(line -> line.startsWith("### "))
        .map(line -> line.substring(4))
        .collect(Collectors.toSet());
  }

  /** As Micrometer's Prometheus registry names a meter. */
  private static Stream<String> prometheusNames(Metric metric) {
    String base = metric.metricName().replace('.', '_');
    return switch (metric.kind()) {
      case COUNTER -> Stream.of(base + "_total");
      case GAUGE -> Stream.of(base, base + "_seconds");
      case TIMER ->
          Stream.of("_seconds_count", "_seconds_sum", "_seconds_max", "_seconds_bucket")
              .map(end -> base + end);
      case SUMMARY -> Stream.of("_count", "_sum", "_max", "_bucket").map(end -> base + end);
    };
  }
}
