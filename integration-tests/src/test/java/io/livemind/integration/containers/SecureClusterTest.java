package io.livemind.integration.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS, a login for each role, the least rights: turns are answered, and more is not allowed. */
@NeedsDocker
class SecureClusterTest {
  private static final String DENIED = "access denied: this principal may not READ topic livemind.";

  @Test
  void turnsAreAnsweredAndAWorkersLoginCannotReadWhatPeopleType(@TempDir Path folder)
      throws Exception {
    Path secrets = folder.resolve("secrets");
    Shell.run(ComposeFile.FOLDER, "bash", "secure/prepare.sh", secrets.toAbsolutePath().toString());
    try (var deployment = Deployment.start(network -> Brokers.secure(network, secrets), 1);
        var client = deployment.client();
        var crowd = Crowd.of(2, client)) {
      await()
          .atMost(Duration.ofSeconds(120))
          .failFast(() -> assertThat(crowd.failures()).as(deployment::logs).isEmpty())
          .until(() -> crowd.answered() >= 4);
      crowd.finish();
      assertThat(crowd.failures()).isEmpty();

      // The topology reads the fragments; with a worker's or a gateway's login it may not.
      for (String login : List.of("worker", "gateway"))
        try (var intruder = deployment.role(login, "intruder-" + login).command("topology")) {
          assertThatThrownBy(intruder::runToItsEnd)
              .hasMessageContaining(DENIED)
              .hasMessageContaining("grant it with kafka-acls --add");
        }
    }
  }
}
