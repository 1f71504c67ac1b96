package io.livemind.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemind.schemas.avro.ControlCommand;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.simulator.LatencyModel;
import io.livemind.simulator.ModelProfile;
import io.livemind.simulator.ServedCall;
import io.livemind.simulator.Simulator;
import io.livemind.simulator.SimulatorConfig;
import io.livemind.workers.ReplicaConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A cancel of the session machine goes through to the model's server. */
class CancelTest {
  private static final Duration START = Duration.ofSeconds(30);
  private static final int CALLS = 21;

  /** Half of the calls are cancelled before their first token. */
  private static final LatencyModel LATENCY = new LatencyModel(0.3, 0, 0.05);

  @Test
  void aCancelReachesTheRunningCallWithin50MillisecondsAndTheServerSeesTheConnectionClose()
      throws Exception {
    try (var simulator =
            Simulator.start(SimulatorConfig.of(Map.of("m", ModelProfile.of("m", LATENCY))));
        var workers = WorkersAlone.start()) {
      workers.worker(
          "w",
          2,
          ReplicaConfig.openAi(simulator.baseUrl(), "m", Optional.empty(), 2).withSessionHeaders());
      List<Long> delays = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        String task = "task" + i;
        workers.dispatch(task, TaskKind.ANSWER);
        await().atMost(START).until(() -> workers.claims().containsKey(task));
        await().atMost(START).until(() -> simulator.load("m").running() == 1);
        // Each time at another moment, before the first token or in the stream.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(25L * i));
        long cancelled = System.nanoTime();
        workers.tell(workers.claim(task).event(), ControlCommand.CANCEL);
        await().atMost(START).until(() -> workers.outcomes().containsKey(task));

        assertThat(workers.outcome(task).getFailure()).contains("cancelled");
        await().atMost(START).until(() -> simulator.served(task).size() == 1);
        ServedCall call = simulator.served(task).getFirst();
        assertThat(call.cancelled()).isTrue();
        delays.add(TimeUnit.NANOSECONDS.toMillis(call.endedNanos() - cancelled));
      }
      List<Long> sorted = delays.stream().sorted().toList();
      assertThat(sorted.get(CALLS / 2)).as("median of %s ms", sorted).isLessThanOrEqualTo(50);
      assertThat(sorted.getLast()).as("longest of %s ms", sorted).isLessThanOrEqualTo(1_000);
    }
  }
}
