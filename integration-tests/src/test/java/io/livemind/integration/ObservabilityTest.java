package io.livemind.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.livemind.cli.admin.KafkaMetrics;
import io.livemind.cli.admin.TaskLag;
import io.livemind.cli.admin.Telemetry;
import io.livemind.cli.admin.Tracing;
import io.livemind.client.LiveMind;
import io.livemind.client.LiveSession;
import io.livemind.client.SessionListener;
import io.livemind.client.SessionRequest;
import io.livemind.client.TurnEnd;
import io.livemind.gateway.GatewayApp;
import io.livemind.gateway.GatewayConfig;
import io.livemind.gateway.Observation;
import io.livemind.integration.deploy.Queries;
import io.livemind.integration.deploy.Selector;
import io.livemind.integration.deploy.Series;
import io.livemind.schemas.TurnTraces;
import io.livemind.topology.StoreConfig;
import io.livemind.topology.TopologyApp;
import io.livemind.topology.TopologyConfig;
import io.livemind.workers.ApiKey;
import io.livemind.workers.ModelConfig;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.ShareGroups;
import io.livemind.workers.WorkerApp;
import io.livemind.workers.WorkerConfig;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** One turn through all roles, and everything that can be seen of it. */
class ObservabilityTest {
  private static final String TYPED = "zebrafinchcanary";
  private static final String KEY = "sk-nightingale-canary";

  private static final Deque<AutoCloseable> OPENED = new ArrayDeque<>();
  private static final InMemorySpanExporter SPANS = InMemorySpanExporter.create();
  private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();
  private static String scraped = "";
  private static String answer = "";

  @BeforeAll
  static void aTurnIsTypedAndAnswered(@TempDir Path state) throws Exception {
    listenAtDebugLevel();
    var telemetry = new Telemetry("test");
    OPENED.push(telemetry);
    var traces =
        TurnTraces.of(Tracing.telemetry(SimpleSpanProcessor.create(SPANS), 1, "integration-test"));
    TestPipeline pipeline = TestPipeline.startWithoutTopology(2);
    OPENED.push(pipeline);
    Map<String, Object> kafka = KafkaMetrics.shownIn(telemetry.registry(), pipeline.kafka());
    var topology =
        TopologyConfig.defaults(TestPipeline.APPLICATION, kafka, state)
            .embedded(StoreConfig.Kind.ROCKSDB);
    OPENED.push(TopologyApp.start(topology, pipeline.topics(), telemetry.registry(), traces));
    OPENED.push(
        WorkerApp.start(worker(pipeline, kafka), pipeline.topics(), telemetry.registry(), traces));
    OPENED.push(
        TaskLag.start(
            Admin.create(pipeline.kafka()),
            ShareGroups.kinds(TestPipeline.APPLICATION),
            telemetry.registry()));
    var gateway =
        GatewayApp.start(
            GatewayConfig.local(0, kafka),
            pipeline.topics(),
            new Observation(telemetry.registry(), traces));
    OPENED.push(gateway);
    try (var liveMind = LiveMind.at(gateway.uri());
        LiveSession session = liveMind.open(SessionRequest.DEFAULT, SessionListener.NONE)) {
      session.type("The " + TYPED + " sings at dawn. Ships answer it with their horns. Why ");
      await().atMost(Duration.ofSeconds(60)).until(() -> spansNamed("model call") > 0);
      session.type("does it sing?");
      if (session.submit().get(60, TimeUnit.SECONDS) instanceof TurnEnd.Answered answered)
        answer = answered.text();
      await().atMost(Duration.ofSeconds(60)).until(() -> spansNamed("turn") > 0);
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> telemetry.scrape().contains("livemind_tasks_waiting{"));
    // The last thing that the gateway does for a turn; others add to the list while it is read.
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> LOG.list.stream().anyMatch(ObservabilityTest::isTurnEnded));
    scraped = telemetry.scrape();
    logger(org.slf4j.Logger.ROOT_LOGGER_NAME).detachAppender(LOG);
  }

  private static boolean isTurnEnded(ILoggingEvent event) {
    return event.getFormattedMessage().startsWith("event=turn_ended");
  }

  private static void listenAtDebugLevel() {
    LOG.start();
    Logger root = logger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(LOG);
    // The key log.level is of our own events; libraries never log more than this in a role.
    root.setLevel(Level.INFO);
    logger("io.livemind").setLevel(Level.TRACE);
  }

  private static WorkerConfig worker(TestPipeline pipeline, Map<String, Object> kafka) {
    var replica =
        ReplicaConfig.openAi(
            pipeline.simulator().baseUrl(), TestPipeline.MODEL, Optional.of(new ApiKey(KEY)), 4);
    var model = new ModelConfig(List.of(replica));
    return WorkerConfig.defaults(
        "seen", kafka, TestPipeline.APPLICATION, Map.of("large", model, "small", model), 4);
  }

  @AfterAll
  static void stop() throws Exception {
    logger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    logger("io.livemind").setLevel(null);
    while (!OPENED.isEmpty()) OPENED.pop().close();
  }

  @Test
  void aTurnIsOneTraceFromTheGatewayOverTopologyAndWorkerToTheModelAndBack() {
    // A stage ends its span a moment after it has written what the next one reads.
    await().atMost(Duration.ofSeconds(60)).untilAsserted(ObservabilityTest::assertOneTrace);
  }

  private static void assertOneTrace() {
    SpanData turn =
        SPANS.getFinishedSpanItems().stream()
            .filter(span -> span.getName().equals("turn"))
            .findFirst()
            .orElseThrow();
    List<SpanData> trace =
        SPANS.getFinishedSpanItems().stream()
            .filter(span -> span.getTraceId().equals(turn.getTraceId()))
            .toList();
    Map<String, SpanData> byId =
        trace.stream().collect(Collectors.toMap(SpanData::getSpanId, Function.identity()));

    assertThat(trace)
        .extracting(SpanData::getName)
        .contains("turn", "fragment", "topology", "inference", "answer", "model call", "gateway");
    assertThat(trace)
        .filteredOn(span -> span != turn)
        .allSatisfy(span -> assertThat(byId).containsKey(span.getParentSpanId()));
    assertThat(trace)
        .filteredOn(span -> span.getName().equals("model call"))
        .extracting(call -> ancestors(call, byId))
        .anySatisfy(above -> assertThat(above).startsWith("answer", "topology").endsWith("turn"));
    assertThat(ancestors(last(trace, "gateway"), byId))
        .startsWith("topology", "answer", "topology");
  }

  @Test
  void nothingThatWasTypedAnsweredOrIsSecretIsInLogsMetricsOrTraces() {
    assertThat(answer).contains(TYPED);
    var encoder = new JsonEncoder();
    encoder.setWithFormattedMessage(true);
    encoder.setContext((LoggerContext) LoggerFactory.getILoggerFactory());
    encoder.start();
    String lines =
        LOG.list.stream()
            .map(event -> new String(encoder.encode(event), StandardCharsets.UTF_8))
            .collect(Collectors.joining());

    assertThat(lines).contains("event=worker_started").contains("event=turn_ended");
    for (String canary : List.of(TYPED, KEY)) {
      assertThat(lines.lines().filter(line -> line.contains(canary))).isEmpty();
      assertThat(scraped).doesNotContain(canary);
      assertThat(SPANS.getFinishedSpanItems().toString()).doesNotContain(canary);
    }
  }

  @Test
  void aLogLineOfATurnNamesItsTraceAndItsSession() {
    SpanData turn =
        SPANS.getFinishedSpanItems().stream()
            .filter(span -> span.getName().equals("turn"))
            .findFirst()
            .orElseThrow();

    assertThat(LOG.list)
        .filteredOn(ObservabilityTest::isTurnEnded)
        .first()
        .satisfies(
            event ->
                assertThat(event.getMDCPropertyMap())
                    .containsEntry("trace", turn.getTraceId())
                    .containsKey("session"));
  }

  @Test
  void everyQueryOfDashboardAlertsAndScalingHasDataAfterATurn() throws Exception {
    List<Series> there =
        scraped.lines().filter(line -> !line.startsWith("#")).map(Series::read).toList();

    // Each part of a query by itself: `or vector(0)` would hide a name that is wrong.
    for (String query : Queries.all())
      for (Selector selector : Selector.of(query))
        assertThat(there).as(query).anyMatch(selector::matches);
  }

  private static List<String> ancestors(SpanData span, Map<String, SpanData> byId) {
    var names = new ArrayList<String>();
    var seen = new HashSet<String>();
    SpanData above = byId.get(span.getParentSpanId());
    while (above != null && seen.add(above.getSpanId())) {
      names.add(above.getName());
      above = byId.get(above.getParentSpanId());
    }
    return names;
  }

  private static SpanData last(List<SpanData> trace, String name) {
    return trace.stream().filter(span -> span.getName().equals(name)).toList().getLast();
  }

  private static long spansNamed(String name) {
    return SPANS.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .count();
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }
}
