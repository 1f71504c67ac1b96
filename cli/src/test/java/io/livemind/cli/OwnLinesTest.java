package io.livemind.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A role whose log is JSON tells of itself in JSON as well: its reader parses every line. */
class OwnLinesTest {
  private static final String JSON = "--set=log.format=json";

  private final Console console = new Console();
  private final List<Appender<ILoggingEvent>> before = new ArrayList<>();

  @BeforeEach
  void keepTheLog() {
    root().iteratorForAppenders().forEachRemaining(before::add);
  }

  @AfterEach
  void giveTheLogBack() {
    root().detachAndStopAllAppenders();
    for (Appender<ILoggingEvent> one : before) {
      one.start();
      root().addAppender(one);
    }
  }

  @Test
  void readyAndStoppedAreEventsOfTheLogsShapeWhateverItsLevel() throws Exception {
    var command =
        new FutureTask<>(
            () ->
                Livemind.run(
                    console.context(), "simulator", "--port=0", JSON, "--set=log.level=error"));
    Thread.ofPlatform().start(command);
    await().atMost(Duration.ofMinutes(1)).until(() -> console.err().contains("ready, "));
    console.context().interruption().request();
    command.get();

    List<JsonNode> lines = lines();
    assertThat(lines)
        .allSatisfy(line -> assertThat(line.path("level").asText()).isEqualTo("INFO"))
        .allSatisfy(line -> assertThat(line.path("timestamp").asLong()).isPositive())
        .allSatisfy(line -> assertThat(line.has("mdc")).isTrue());
    assertThat(lines)
        .extracting(line -> line.path("formattedMessage").asText())
        .first()
        .asString()
        .startsWith("livemind simulator: ready, ");
    assertThat(lines)
        .extracting(line -> line.path("formattedMessage").asText())
        .endsWith("livemind simulator: stopping", "livemind simulator: stopped");
  }

  @Test
  void whyARoleFailedIsAnEventAndItsStackTraceAPartOfIt() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(
              Livemind.run(
                  console.context(),
                  "simulator",
                  "--verbose",
                  "--port=" + taken.getLocalPort(),
                  JSON))
          .isEqualTo(ExitCode.USAGE.code());

      JsonNode told = lines().getLast();
      assertThat(told.path("level").asText()).isEqualTo("ERROR");
      assertThat(told.path("formattedMessage").asText())
          .startsWith("livemind simulator: ")
          .contains(String.valueOf(taken.getLocalPort()));
      assertThat(told.path("throwable").path("stepArray").isEmpty()).isFalse();
    }
  }

  private List<JsonNode> lines() throws IOException {
    var json = new ObjectMapper();
    var lines = new ArrayList<JsonNode>();
    for (String line : console.err().lines().toList()) lines.add(json.readTree(line));
    return lines;
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
