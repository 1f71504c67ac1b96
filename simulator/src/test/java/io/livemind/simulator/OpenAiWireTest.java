package io.livemind.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every byte of a stream; what the API's calls and faults are is in the tests beside this one. */
class OpenAiWireTest {
  private final Simulator simulator =
      Simulator.start(
          SimulatorConfig.of(Map.of("large", ModelProfile.of("test", LatencyModel.INSTANT)))
              .withScript(List.of(new ScriptedReply("a \"é\"\n", 1, Optional.empty()))));

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void aStreamIsChunksThenTheReasonThenTheTokensThenTheEndMark() throws Exception {
    String start = "data: {'id':'chatcmpl-simulated-0','object':'chat.completion.chunk',";
    String head = start + "'created':0,'model':'large','choices':[";
    String expected =
        head
            + "{'index':0,'delta':{'role':'assistant','content':''},'finish_reason':null}]}\n\n"
            + head
            + "{'index':0,'delta':{'content':'a \\\"é\\\"\\u000a'},'finish_reason':null}]}\n\n"
            + head
            + "{'index':0,'delta':{},'finish_reason':'stop'}]}\n\n"
            + head
            + "],'usage':{'prompt_tokens':8,'completion_tokens':1,'total_tokens':9,"
            + "'prompt_tokens_details':{'cached_tokens':0}}}\n\n"
            + "data: [DONE]\n\n";

    String body = new ApiClient(simulator).post(ApiClient.body(true, "x")).body();

    assertThat(body.replaceAll("\"created\":\\d+", "\"created\":0"))
        .isEqualTo(expected.replace('\'', '"'));
  }
}
