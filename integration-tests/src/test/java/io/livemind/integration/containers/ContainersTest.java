package io.livemind.integration.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.client.LiveMind;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two of each role beside one broker; what happens to them costs nobody an answer. */
@NeedsDocker
class ContainersTest {
  private static final int PEOPLE = 6;
  private static final long LARGEST_IMAGE = 350_000_000;
  private static final long LARGEST_CHANGE = 5_000_000;

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
          crowd.awaitTurns(4 * PEOPLE, deployment);
          worker.reconnect();
          crowd.awaitTurns(2 * PEOPLE, deployment);
        });
    worker.awaitHealthy();
  }

  @Test
  void everyRoleIsRestartedOneByOneUnderLoadWithoutAFailedTurn() throws Exception {
    underLoad(
        crowd -> {
          for (List<Container> role :
              List.of(deployment.gateways(), deployment.workers(), deployment.topologies())) {
            for (Container one : role) {
              crowd.awaitTurns(PEOPLE, deployment);
              one.stop();
              // Stopped cleanly, not killed after its time: 0, or 128 + SIGTERM.
              assertThat(Objects.requireNonNull(one.state().getExitCodeLong()))
                  .isIn(0L, 130L, 143L);
              one.startAgain();
              one.awaitHealthy();
            }
          }
          crowd.awaitTurns(PEOPLE, deployment);
        });
  }

  /** What is done while people type. */
  private interface Doing {
    void to(Crowd crowd) throws Exception;
  }

  private static void underLoad(Doing doing) throws Exception {
    try (var crowd = Crowd.of(PEOPLE, client)) {
      crowd.awaitTurns(PEOPLE, deployment);
      doing.to(crowd);
      crowd.finish();
      assertThat(crowd.failures()).as(deployment::logs).isEmpty();
      System.out.println(crowd);
    }
  }
}
