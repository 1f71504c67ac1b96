package io.livemind.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Role;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.simulator.LatencyModel;
import io.livemind.simulator.ModelProfile;
import io.livemind.simulator.Simulator;
import io.livemind.simulator.SimulatorConfig;
import io.livemind.workers.ModelConfig;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.WorkerConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The model that answers has read the prompt when it is asked, if it is warmed. */
class WarmCacheTest {
  private static final Duration START = Duration.ofSeconds(60);
  private static final int PLACES = 2;

  @Test
  void anAnswerFindsThePromptInThePrefixCacheOfAModelThatIsWarmedOnly() throws Exception {
    try (var simulator =
            Simulator.start(
                SimulatorConfig.of(
                    Map.of("thinks", profile("thinks"), "answers", profile("answers"))));
        var workers = WorkersAlone.start()) {
      WorkerConfig cold =
          WorkerConfig.defaults(
              "cold",
              workers.kafka(),
              "alone",
              Map.of("large", model(simulator, "thinks"), "small", model(simulator, "answers")),
              PLACES);
      var worker = workers.worker(cold);
      assertThat(cachedTokensOfAnAnswer(workers, simulator, "cold", 1)).isZero();
      worker.close();

      workers.worker(cold.withWarming("small"));
      assertThat(cachedTokensOfAnAnswer(workers, simulator, "warm", 2)).isPositive();
    }
  }

  private static ModelProfile profile(String name) {
    return ModelProfile.of(name, new LatencyModel(0.02, 0, 0.001)).withCacheBlocks(1_000);
  }

  private static ModelConfig model(Simulator simulator, String name) {
    return new ModelConfig(
        List.of(ReplicaConfig.openAi(simulator.baseUrl(), name, Optional.empty(), PLACES)));
  }

  /**
   * One thought, and then the answer on the same prompt and a cue.
   *
   * @param calls that the thought costs
   */
  private static int cachedTokensOfAnAnswer(
      WorkersAlone workers, Simulator simulator, String session, int calls) {
    List<Message> typed =
        List.of(new Message(Role.USER, ("The " + session + " harbour freezes over. ").repeat(40)));
    int before = simulator.served().size();
    String thought = session + "-thought";
    workers.dispatch(session, WorkersAlone.task(thought, TaskKind.INFERENCE, "large", typed));
    await()
        .atMost(START)
        .until(
            () ->
                workers.outcomes().containsKey(thought)
                    && simulator.served().size() == before + calls);

    List<Message> complete = new ArrayList<>(typed);
    complete.add(new Message(Role.USER, "The prompt is complete."));
    String answer = session + "-answer";
    workers.dispatch(session, WorkersAlone.task(answer, TaskKind.ANSWER, "small", complete));
    await().atMost(START).until(() -> workers.outcomes().containsKey(answer));
    assertThat(workers.outcome(answer).getFailure()).isEmpty();
    return workers.outcome(answer).getUsage().getCachedTokens().orElse(0);
  }
}
