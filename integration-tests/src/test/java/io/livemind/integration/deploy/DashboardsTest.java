package io.livemind.integration.deploy;

import static io.livemind.integration.deploy.Kustomize.list;
import static io.livemind.integration.deploy.Kustomize.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.cli.admin.OperationsMetric;
import io.livemind.gateway.metric.GatewayMetric;
import io.livemind.gateway.problem.ProblemCode;
import io.livemind.schemas.FailureCode;
import io.livemind.schemas.Metric;
import io.livemind.simulator.SimulatorMetric;
import io.livemind.topology.TopologyMetric;
import io.livemind.workers.WorkerMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DashboardsTest {
  private static final Path ALERTS = Path.of("../docker/alerts.yaml");
  private static final Path RUNBOOK = Path.of("../docs/runbook.md");
  private static final Pattern METRIC = Pattern.compile("\\b(livemind_[a-z0-9_]+)\\b");

  private static final Set<String> KNOWN =
      Stream.<Metric[]>of(
              TopologyMetric.values(),
              WorkerMetric.values(),
              GatewayMetric.values(),
              SimulatorMetric.values(),
              OperationsMetric.values())
          .flatMap(Arrays::stream)
          .flatMap(DashboardsTest::prometheusNames)
          .collect(Collectors.toCollection(TreeSet::new));

  @Test
  void everyQueryNamesMetricsThatExist() throws IOException {
    for (String query : Queries.all()) assertThat(KNOWN).as(query).containsAll(metricsIn(query));
  }

  @Test
  void theRunbookNamesMetricsThatExist() throws IOException {
    assertThat(KNOWN).containsAll(metricsIn(Files.readString(RUNBOOK)));
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
  void everyFailureCodeAndEveryRefusalHasAHeadingInTheRunbook() throws IOException {
    assertThat(headings()).containsAll(failureCodes().toList());
    assertThat(headings())
        .containsAll(Arrays.stream(ProblemCode.values()).map(ProblemCode::code).toList());
  }

  /** The gateway counts what it refuses by its own codes, and never by those of the pipeline. */
  @Test
  void noFailureCodeIsLookedForAmongTheRefusalsOfTheGateway() throws IOException {
    Map<String, String> sections =
        Arrays.stream(Files.readString(RUNBOOK).split("(?m)^### "))
            .skip(1)
            .map(section -> section.split("\n##? ", 2)[0].split("\n", 2))
            .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));

    assertThat(failureCodes())
        .allSatisfy(
            code -> assertThat(sections.get(code)).doesNotContain("livemind_gateway_refused"));
  }

  private static Stream<String> failureCodes() {
    return Arrays.stream(FailureCode.values()).map(FailureCode::code);
  }

  private static List<String> metricsIn(String text) {
    return METRIC.matcher(text).results().map(found -> found.group(1)).toList();
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
