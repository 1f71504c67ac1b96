package io.livemind.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Role;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.simulator.Fault;
import io.livemind.simulator.LatencyModel;
import io.livemind.simulator.ModelProfile;
import io.livemind.simulator.ScriptedReply;
import io.livemind.simulator.Simulator;
import io.livemind.simulator.SimulatorConfig;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.Timeouts;
import io.livemind.workers.langchain4j.LangChain4jModelClient;
import io.livemind.workers.model.ModelOutcome;
import io.livemind.workers.model.ModelOutcome.Failed;
import io.livemind.workers.model.ModelOutcome.Finished;
import io.livemind.workers.model.ModelRequest;
import io.livemind.workers.model.ModelSink;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every fault of the simulator, as the OpenAI-compatible provider names it. */
class FaultNamesTest {
  private static final String MODEL = "m";
  private static final String REPLY = "The harbour freezes in January – 冬 😀, and it is cold.";
  private static final Duration SHORT = Duration.ofMillis(700);
  private static final Duration LONG = Duration.ofSeconds(20);

  /** A further fault does not compile before it has its name here; empty: the reply is whole. */
  private static Optional<FailureCode> expected(Fault fault) {
    return switch (fault) {
      case BAD_REQUEST -> Optional.of(FailureCode.BAD_REQUEST);
      case CONTEXT_TOO_LONG -> Optional.of(FailureCode.CONTEXT_TOO_LONG);
      case UNAUTHORISED -> Optional.of(FailureCode.UNAUTHORISED);
      case NOT_FOUND -> Optional.of(FailureCode.MODEL_UNKNOWN);
      case RATE_LIMITED, RATE_LIMITED_SECONDS, RATE_LIMITED_DATE ->
          Optional.of(FailureCode.RATE_LIMITED);
      case OUT_OF_CREDIT -> Optional.of(FailureCode.OUT_OF_CREDIT);
      case SERVER_ERROR, HTML_GATEWAY_ERROR -> Optional.of(FailureCode.MODEL_ERROR);
      case UNAVAILABLE, OVERLOADED -> Optional.of(FailureCode.OVERLOADED);
      case NOT_A_STREAM, MALFORMED_JSON -> Optional.of(FailureCode.MALFORMED);
      case RESET_BEFORE_HEADERS,
          CLOSE_BEFORE_HEADERS,
          RESET_BEFORE_FIRST_TOKEN,
          CLOSE_BEFORE_FIRST_TOKEN,
          RESET_MID_STREAM,
          CLOSE_MID_STREAM ->
          Optional.of(FailureCode.DISCONNECTED);
      case STALL_BEFORE_HEADERS, STALL_BEFORE_FIRST_TOKEN, COMMENTS_ONLY ->
          Optional.of(FailureCode.FIRST_TOKEN_TIMEOUT);
      case STALL_MID_STREAM -> Optional.of(FailureCode.IDLE_TIMEOUT);
      case IN_BAND_ERROR -> Optional.of(FailureCode.MODEL_ERROR);
      case FINISH_ABORT, NO_FINISH_REASON, CLEAN_END_EARLY -> Optional.of(FailureCode.TRUNCATED);
      case NEVER_STOPS -> Optional.of(FailureCode.TOTAL_TIMEOUT);
      case NO_DONE,
          SILENCE_AFTER_DONE,
          ONE_BYTE_SLICES,
          SPLIT_CODE_POINT,
          ODD_TOKENS,
          WRONG_CONTENT_TYPE,
          IGNORES_FORMAT,
          OTHER_LANGUAGE ->
          Optional.empty();
    };
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aFaultHasOneNameOrDoesNoHarm(Fault fault) throws Exception {
    var profile = ModelProfile.of(MODEL, new LatencyModel(0.01, 0, 0.002));
    var config =
        SimulatorConfig.of(Map.of(MODEL, profile))
            .withScript(List.of(ScriptedReply.faulty(REPLY, fault)));
    try (var simulator = Simulator.start(config);
        var client =
            new LangChain4jModelClient(
                ReplicaConfig.openAi(simulator.baseUrl(), MODEL, Optional.empty(), 1)
                    .withTimeouts(timeouts(fault)))) {
      var text = new StringBuilder();
      var end = new CompletableFuture<ModelOutcome>();
      client.start(
          request(),
          new ModelSink() {
            @Override
            public void text(String delta) {
              text.append(delta);
            }

            @Override
            public void end(ModelOutcome outcome) {
              end.complete(outcome);
            }
          });
      ModelOutcome outcome = end.get(30, TimeUnit.SECONDS);

      Optional<FailureCode> code = expected(fault);
      if (code.isPresent()) {
        assertThat(outcome).isInstanceOf(Failed.class);
        assertThat(((Failed) outcome).code()).isEqualTo(code.get());
        assertThat(((Failed) outcome).reason()).doesNotContain("harbour");
      } else {
        assertThat(outcome).isInstanceOf(Finished.class);
        assertThat(((Finished) outcome).text()).isEqualTo(text.toString());
        if (isAnotherReply(fault)) assertThat(text).isNotBlank();
        else assertThat(text).hasToString(REPLY);
      }
    }
  }

  private static boolean isAnotherReply(Fault fault) {
    return fault == Fault.IGNORES_FORMAT || fault == Fault.OTHER_LANGUAGE;
  }

  private static Timeouts timeouts(Fault fault) {
    return switch (fault) {
      case STALL_BEFORE_HEADERS -> new Timeouts(LONG, SHORT, LONG, LONG, LONG);
      case STALL_BEFORE_FIRST_TOKEN, COMMENTS_ONLY -> new Timeouts(LONG, LONG, SHORT, LONG, LONG);
      case STALL_MID_STREAM -> new Timeouts(LONG, LONG, LONG, SHORT, LONG);
      case NEVER_STOPS -> new Timeouts(LONG, LONG, LONG, LONG, SHORT);
      default -> new Timeouts(LONG, LONG, LONG, LONG, LONG);
    };
  }

  private static ModelRequest request() {
    return new ModelRequest(
        List.of(new Message(Role.USER, "Hello")),
        Optional.empty(),
        "session",
        "",
        0,
        0,
        TaskKind.ANSWER);
  }
}
