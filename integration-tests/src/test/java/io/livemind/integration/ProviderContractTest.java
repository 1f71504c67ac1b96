package io.livemind.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Role;
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
import io.livemind.workers.Timeouts;
import io.livemind.workers.langchain4j.LangChain4jModelClient;
import io.livemind.workers.model.ModelOutcome.Cancelled;
import io.livemind.workers.model.ModelOutcome.Failed;
import io.livemind.workers.model.ModelOutcome.Finished;
import io.livemind.workers.model.ModelRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every provider module promises, on its own wire and with every fault of the simulator. A
 * further provider is one line in {@link Api}.
 */
class ProviderContractTest {
  private static final String MODEL = "m";
  private static final String SESSION = "session-1";
  private static final String PROMPT = "Hello there";
  private static final String REPLY =
      " The \"harbour\" freezes\nin January\n\n– 冬 😀, and it is cold. ";

  private static final Duration WAIT = Duration.ofSeconds(7);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(90);
  private static final Timeouts PATIENT = new Timeouts(LONG, LONG, LONG, LONG, LONG);

  /** Every provider module, a line each, and where the simulator speaks its wire format. */
  enum Api {
    OPENAI,
    ANTHROPIC,
    GEMINI;

    String provider() {
      return name().toLowerCase(Locale.ROOT);
    }

    URI baseUrl(Simulator simulator) {
      return this == GEMINI ? simulator.geminiBaseUrl() : simulator.baseUrl();
    }
  }

  static Stream<Arguments> apisAndFaults() {
    return Arrays.stream(Api.values())
        .flatMap(api -> Arrays.stream(Fault.values()).map(fault -> Arguments.of(api, fault)));
  }

  /** A stall at each phase, so that the call is in it when it is cancelled. */
  static Stream<Arguments> apisAndPhases() {
    var stalls =
        List.of(Fault.STALL_BEFORE_HEADERS, Fault.STALL_BEFORE_FIRST_TOKEN, Fault.STALL_MID_STREAM);
    return Arrays.stream(Api.values())
        .flatMap(api -> stalls.stream().map(fault -> Arguments.of(api, fault)));
  }

  /** A further fault does not compile before it has its name here; empty: it does no harm. */
  private static Optional<FailureCode> expected(Fault fault) {
    return switch (fault) {
      case BAD_REQUEST -> Optional.of(FailureCode.BAD_REQUEST);
      case CONTEXT_TOO_LONG -> Optional.of(FailureCode.CONTEXT_TOO_LONG);
      case UNAUTHORISED, FORBIDDEN -> Optional.of(FailureCode.UNAUTHORISED);
      case NOT_FOUND -> Optional.of(FailureCode.MODEL_UNKNOWN);
      case RATE_LIMITED, RATE_LIMITED_SECONDS, RATE_LIMITED_DATE ->
          Optional.of(FailureCode.RATE_LIMITED);
      case OUT_OF_CREDIT -> Optional.of(FailureCode.OUT_OF_CREDIT);
      case SERVER_ERROR, HTML_GATEWAY_ERROR, IN_BAND_ERROR -> Optional.of(FailureCode.MODEL_ERROR);
      case UNAVAILABLE, OVERLOADED -> Optional.of(FailureCode.OVERLOADED);
      case NOT_A_STREAM, MALFORMED_JSON -> Optional.of(FailureCode.MALFORMED);
      case RESET_BEFORE_HEADERS,
          CLOSE_BEFORE_HEADERS,
          RESET_BEFORE_FIRST_TOKEN,
          CLOSE_BEFORE_FIRST_TOKEN,
          RESET_MID_STREAM,
          CLOSE_MID_STREAM,
          RESET_AFTER_REASON,
          CLOSE_AFTER_REASON ->
          Optional.of(FailureCode.DISCONNECTED);
      case STALL_BEFORE_HEADERS, STALL_BEFORE_FIRST_TOKEN, COMMENTS_ONLY ->
          Optional.of(FailureCode.FIRST_TOKEN_TIMEOUT);
      case STALL_MID_STREAM -> Optional.of(FailureCode.IDLE_TIMEOUT);
      case FINISH_ABORT, NO_FINISH_REASON, CLEAN_END_EARLY, CLEAN_END_BEFORE_FIRST_TOKEN ->
          Optional.of(FailureCode.TRUNCATED);
      case FINISH_REFUSED -> Optional.of(FailureCode.REFUSED);
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

  /** Faults of which all or much of the reply has come before they show. */
  private static final Set<Fault> AFTER_THE_TEXT =
      EnumSet.of(Fault.RESET_AFTER_REASON, Fault.CLOSE_AFTER_REASON, Fault.NEVER_STOPS);

  private static final Set<Fault> ANOTHER_REPLY =
      EnumSet.of(Fault.IGNORES_FORMAT, Fault.OTHER_LANGUAGE);

  /** Short where the fault is a silence, so that the test is; long elsewhere. */
  private static Timeouts timeouts(Fault fault) {
    return switch (fault) {
      case STALL_BEFORE_HEADERS -> new Timeouts(LONG, SHORT, LONG, LONG, LONG);
      case STALL_BEFORE_FIRST_TOKEN, COMMENTS_ONLY -> new Timeouts(LONG, LONG, SHORT, LONG, LONG);
      case STALL_MID_STREAM -> new Timeouts(LONG, LONG, LONG, SHORT, LONG);
      case NEVER_STOPS -> new Timeouts(LONG, LONG, LONG, LONG, SHORT);
      default -> PATIENT;
    };
  }

  private static Simulator simulator(ScriptedReply reply) {
    var profile = ModelProfile.of(MODEL, new LatencyModel(0.01, 0, 0.001)).withCacheBlocks(1_000);
    return Simulator.start(
        SimulatorConfig.of(Map.of(MODEL, profile))
            .withFaults(FaultPlan.NONE.withRetryAfter(WAIT))
            .withScript(List.of(reply)));
  }

  private static LangChain4jModelClient client(Api api, Simulator simulator, Timeouts timeouts) {
    return new LangChain4jModelClient(
        ReplicaConfig.of(api.provider(), api.baseUrl(simulator), MODEL, Optional.empty(), 4)
            .withTimeouts(timeouts)
            .withSessionHeaders());
  }

  private static ModelRequest request(Optional<Integer> maximumTokens) {
    return new ModelRequest(
        List.of(new Message(Role.SYSTEM, "Be short. ".repeat(20)), new Message(Role.USER, PROMPT)),
        maximumTokens,
        SESSION,
        "",
        2,
        3,
        TaskKind.ANSWER);
  }

  private static HeardCall call(LangChain4jModelClient client) throws Exception {
    var heard = new HeardCall();
    client.start(request(Optional.empty()), heard);
    heard.end();
    return heard;
  }

  @Test
  void everyProviderIsHeldToIt() {
    assertThat(Arrays.stream(Api.values()).map(Api::provider))
        .containsExactlyInAnyOrderElementsOf(ReplicaConfig.PROVIDERS);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("apisAndFaults")
  void aFaultHasItsOneNameOrDoesNoHarm(Api api, Fault fault) throws Exception {
    try (var simulator = simulator(ScriptedReply.faulty(REPLY, fault));
        var client = client(api, simulator, timeouts(fault))) {
      HeardCall heard = call(client);

      Optional<FailureCode> code = expected(fault);
      if (code.isPresent()) failed(heard, fault, code.get());
      else finished(heard, fault);
      assertThat(heard.ends()).hasSize(1);
    }
  }

  private static void failed(HeardCall heard, Fault fault, FailureCode code) throws Exception {
    assertThat(heard.end()).isInstanceOf(Failed.class);
    var failed = (Failed) heard.end();
    assertThat(failed.code()).isEqualTo(code);
    assertThat(failed.reason()).isNotBlank().doesNotContain("harbour", PROMPT);
    if (!AFTER_THE_TEXT.contains(fault))
      assertThat(REPLY).startsWith(heard.text()).isNotEqualTo(heard.text());
    switch (fault) {
      case RATE_LIMITED_SECONDS -> assertThat(failed.retryAfter()).contains(WAIT);
      case RATE_LIMITED_DATE ->
          assertThat(failed.retryAfter().orElseThrow())
              .isBetween(WAIT.dividedBy(2), WAIT.plusSeconds(1));
      default -> assertThat(failed.retryAfter()).isEmpty();
    }
  }

  private static void finished(HeardCall heard, Fault fault) throws Exception {
    assertThat(heard.end()).isInstanceOf(Finished.class);
    assertThat(((Finished) heard.end()).text()).isEqualTo(heard.text());
    if (ANOTHER_REPLY.contains(fault)) assertThat(heard.text()).isNotBlank();
    else assertThat(heard.text()).isEqualTo(REPLY);
  }

  @ParameterizedTest
  @EnumSource
  void aWholeReplyHasItsTextUnitForUnitAndTheTokensThatTheServerCounted(Api api) throws Exception {
    try (var simulator = simulator(ScriptedReply.of(REPLY));
        var client = client(api, simulator, PATIENT)) {
      call(client);
      HeardCall again = call(client);

      ServedCall served = simulator.served(SESSION).getLast();
      assertThat(served.cachedTokens()).isPositive();
      assertThat(served.messages()).hasSize(2);
      assertThat(again.end()).isInstanceOf(Finished.class);
      assertThat(((Finished) again.end()).text()).isEqualTo(again.text()).isEqualTo(REPLY);
      var tokens = again.end().tokens();
      assertThat(tokens.prompt()).isEqualTo(OptionalInt.of(served.promptTokens()));
      assertThat(tokens.completion()).isEqualTo(OptionalInt.of(served.completionTokens()));
      assertThat(tokens.cached()).isEqualTo(OptionalInt.of(served.cachedTokens()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReplyThatReachesItsLimitIsNoSuccess(Api api) throws Exception {
    try (var simulator = simulator(ScriptedReply.of(REPLY));
        var client = client(api, simulator, PATIENT)) {
      var heard = new HeardCall();
      client.start(request(Optional.of(3)), heard);

      assertThat(heard.end()).isInstanceOf(Failed.class);
      assertThat(((Failed) heard.end()).code()).isEqualTo(FailureCode.LENGTH_LIMIT);
      assertThat(REPLY).startsWith(heard.text()).isNotEqualTo(heard.text());
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("apisAndPhases")
  void cancelEndsTheCallAndClosesTheConnectionInEveryPhase(Api api, Fault phase) throws Exception {
    try (var simulator = simulator(ScriptedReply.faulty(REPLY, phase));
        var client = client(api, simulator, PATIENT)) {
      var heard = new HeardCall();
      var call = client.start(request(Optional.empty()), heard);
      await().atMost(LONG).until(() -> simulator.load(MODEL).running() == 1);
      if (phase == Fault.STALL_MID_STREAM)
        await().atMost(LONG).until(() -> !heard.text().isEmpty());
      call.cancel();

      assertThat(heard.end()).isInstanceOf(Cancelled.class);
      await().atMost(LONG).until(() -> simulator.served(SESSION).size() == 1);
      assertThat(simulator.served(SESSION).getFirst().cancelled()).isTrue();
      assertThat(heard.ends()).hasSize(1);
    }
  }
}
