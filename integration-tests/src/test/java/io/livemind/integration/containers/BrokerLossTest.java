package io.livemind.integration.containers;

import static org.assertj.core.api.Assertions.assertThat;

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
      crowd.awaitTurns(3 * PEOPLE, deployment);
      // Those of Streams too; with luck their loss would go unnoticed below.
      assertThat(deployment.brokers().topics())
          .filteredOn(topic -> topic.contains("livemind"))
          .allMatch(topic -> topic.contains("ReplicationFactor: 3"))
          .allMatch(topic -> topic.contains("min.insync.replicas=2"))
          .anyMatch(topic -> topic.contains("changelog"));
      Container broker = deployment.brokers().containers().get(1);
      broker.kill();
      crowd.awaitTurns(3 * PEOPLE, deployment);
      broker.startAgain();
      broker.awaitPort(9092);
      crowd.awaitTurns(3 * PEOPLE, deployment);
      crowd.finish();

      assertThat(crowd.failures()).as(deployment::logs).isEmpty();
      System.out.println(crowd);
    }
  }
}
