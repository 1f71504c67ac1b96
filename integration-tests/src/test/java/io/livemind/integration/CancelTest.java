package io.livemind.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemind.schemas.avro.ControlCommand;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.simulator.Fault;
import io.livemind.simulator.FaultPlan;
import io.livemind.simulator.LatencyModel;
import io.livemind.simulator.ModelProfile;
import io.livemind.simulator.ScriptedReply;
import io.livemind.simulator.ServedCall;
import io.livemind.simulator.Simulator;
import io.livemind.simulator.SimulatorConfig;
import io.livemind.workers.ReplicaConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A cancel of the session machine goes through to the model's server; how soon is measured. */
class CancelTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String REPLY = "The harbour freezes in January.";

  /** Calls that never end by themselves, each waiting at another point. */
  private static final List<Fault> STALLS =
      List.of(Fault.STALL_BEFORE_HEADERS, Fault.STALL_BEFORE_FIRST_TOKEN, Fault.STALL_MID_STREAM);

  @Test
  void aCancelEndsTheRunningCallAndTheServerSeesTheConnectionClose() throws Exception {
    var models =
        SimulatorConfig.of(Map.of("m", ModelProfile.of("m", LatencyModel.INSTANT)))
            .withFaults(FaultPlan.NONE.withStallLimit(Duration.ofMinutes(10)))
            .withScript(STALLS.stream().map(stall -> ScriptedReply.faulty(REPLY, stall)).toList());
    try (var simulator = Simulator.start(models);
        var workers = WorkersAlone.start()) {
      workers.worker(
          "w",
          2,
          ReplicaConfig.openAi(simulator.baseUrl(), "m", Optional.empty(), 2).withSessionHeaders());
      for (Fault stall : STALLS) {
        String task = stall.code();
        workers.dispatch(task, TaskKind.ANSWER);
        await().atMost(PATIENCE).until(() -> workers.claims().containsKey(task));
        await().atMost(PATIENCE).until(() -> simulator.load("m").running() == 1);

        workers.tell(workers.claim(task).event(), ControlCommand.CANCEL);

        await().atMost(PATIENCE).until(() -> workers.outcomes().containsKey(task));
        assertThat(workers.outcome(task).getFailure()).contains("cancelled");
        await().atMost(PATIENCE).until(() -> simulator.served(task).size() == 1);
        ServedCall call = simulator.served(task).getFirst();
        assertThat(call.fault()).contains(stall);
        assertThat(call.cancelled()).isTrue();
      }
    }
  }
}
