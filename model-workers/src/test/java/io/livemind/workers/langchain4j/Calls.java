package io.livemind.workers.langchain4j;

import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Role;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.Timeouts;
import io.livemind.workers.model.ModelRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Requests and replicas as the tests of this package need them. */
final class Calls {
  static final Timeouts PATIENT =
      new Timeouts(
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(45));

  private Calls() {}

  static ReplicaConfig replica(String provider, URI baseUrl, Timeouts timeouts) {
    return ReplicaConfig.of(provider, baseUrl, "a-model", Optional.empty(), 4)
        .withTimeouts(timeouts);
  }

  static ModelRequest request() {
    return new ModelRequest(
        List.of(new Message(Role.SYSTEM, "Be short."), new Message(Role.USER, "Hello")),
        Optional.of(64),
        "session-1",
        "0123456789abcdef",
        2,
        3,
        TaskKind.ANSWER);
  }
}
