package io.livemind.integration.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemind.client.LiveMind;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two of each role beside one broker; what happens to them costs nobody an answer. */
@NeedsDocker
class ContainersTest {
  private static final int PEOPLE = 6;
  private static final long LARGEST_IMAGE = 350_000_000;
  private static final long LARGEST_CHANGE = 5_000_000;
  private static final Duration LONGEST = Duration.ofSeconds(120);

  private static Deployment deployment;
  private static LiveMind client;

  @BeforeAll
  static void start() throws Exception {
    deployment = Deployment.start(Brokers::one, 2);
    client = deployment.client();
  }

  @AfterAll
  static void stop() throws Exception {
    if (client != null) client.close();
    if (deployment != null) deployment.close();
  }

  @Test
  void theImageIsSmallAndRunsAsNobodySpecial() throws Exception {
    String described =
        Shell.run(
            Path.of("."),
            "docker",
            "image",
            "inspect",
            "--format={{.Size}} {{.Config.User}}",
            Image.NAME);
    String[] sizeAndUser = described.strip().split(" ");

    assertThat(Long.parseLong(sizeAndUser[0])).isLessThan(LARGEST_IMAGE);
    assertThat(sizeAndUser[1]).isEqualTo("10001:10001");
    assertThat(deployment.gateways())
        .allSatisfy(
            gateway -> assertThat(gateway.inspect().getHostConfig().getReadonlyRootfs()).isTrue());
  }

  @Test
  void aChangeOfOurCodeMovesLittle() throws Exception {
    String layers =
        Shell.run(
            Path.of("."),
            "docker",
            "history",
            "--human=false",
            "--no-trunc",
            "--format={{.Size}} {{.CreatedBy}}",
            Image.NAME);

    assertThat(
            layers
                .lines()
                .filter(layer -> layer.contains("COPY"))
                .filter(layer -> layer.contains("/app/own"))
                .toList())
        .singleElement()
        .satisfies(
            layer ->
                assertThat(Long.parseLong(layer.substring(0, layer.indexOf(' '))))
                    .isLessThan(LARGEST_CHANGE));
  }

  /** Mode `on` ends the JVM where the cache does not fit. */
  @Test
  void theImageStartsWithItsCacheOfLoadedClasses() throws Exception {
    String version =
        Shell.run(
            Path.of("."),
            "docker",
            "run",
            "--rm",
            "--read-only",
            "--env=JAVA_TOOL_OPTIONS=-XX:AOTMode=on",
            Image.NAME,
            "--version");

    assertThat(version).contains("livemind");
  }

  @Test
  void aWorkerThatIsCutOffFromTheBrokerCostsNoAnswer() throws Exception {
    Container worker = deployment.workers().getFirst();
    underLoad(
        crowd -> {
          worker.cutOff();
          awaitTurns(crowd, 4 * PEOPLE);
          worker.reconnect();
          awaitTurns(crowd, 2 * PEOPLE);
        });
    worker.awaitHealthy();
  }

  /** What is done while people type. */
  private interface Doing {
    void to(Crowd crowd) throws Exception;
  }

  private static void underLoad(Doing doing) throws Exception {
    try (var crowd = Crowd.of(PEOPLE, client)) {
      awaitTurns(crowd, PEOPLE);
      doing.to(crowd);
      crowd.finish();
      assertThat(crowd.failures()).as(deployment::logs).isEmpty();
      System.out.println(crowd.answered() + " turns answered");
    }
  }

  /** So many more turns. */
  private static void awaitTurns(Crowd crowd, int more) {
    int enough = crowd.answered() + more;
    await()
        .atMost(LONGEST)
        .failFast(() -> assertThat(crowd.failures()).as(deployment::logs).isEmpty())
        .until(() -> crowd.answered() >= enough);
  }
}
