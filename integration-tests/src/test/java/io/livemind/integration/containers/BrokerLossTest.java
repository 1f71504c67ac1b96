package io.livemind.integration.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Three brokers hold every record; one of them may die. */
@NeedsDocker
class BrokerLossTest {
  private static final int PEOPLE = 4;

  @Test
  void aBrokerThatDiesAndComesBackCostsNoAnswer() throws Exception {
    try (var deployment = Deployment.start(Brokers::three, 1);
        var client = deployment.client();
        var crowd = Crowd.of(PEOPLE, client)) {
      awaitTurns(deployment, crowd);
      Container broker = deployment.brokers().containers().get(1);
      broker.kill();
      awaitTurns(deployment, crowd);
      broker.startAgain();
      broker.awaitPort(9092);
      awaitTurns(deployment, crowd);
      crowd.finish();

      assertThat(crowd.failures()).as(deployment::logs).isEmpty();
    }
  }

  private static void awaitTurns(Deployment deployment, Crowd crowd) {
    int enough = crowd.answered() + 3 * PEOPLE;
    await()
        .atMost(Duration.ofSeconds(120))
        .failFast(() -> assertThat(crowd.failures()).as(deployment::logs).isEmpty())
        .until(() -> crowd.answered() >= enough);
  }
}
