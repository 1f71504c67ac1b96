package io.livemind.workers.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemind.workers.Timeouts;
import io.livemind.workers.model.ModelOutcome.Cancelled;
import io.livemind.workers.model.ModelOutcome.Failed;
import io.livemind.workers.model.ModelOutcome.Finished;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every provider module promises; a further provider is one line in {@link Wire#all}. */
class ProviderContractTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(9);

  static Stream<Wire> wires() {
    return Wire.all();
  }

  static Stream<Arguments> wiresAndFaults() {
    return Wire.all()
        .flatMap(wire -> Arrays.stream(WireFault.values()).map(fault -> Arguments.of(wire, fault)));
  }

  static Stream<Arguments> wiresAndPhases() {
    return Wire.all()
        .flatMap(wire -> Arrays.stream(Phase.values()).map(phase -> Arguments.of(wire, phase)));
  }

  /** How far a call has come. */
  enum Phase {
    BEFORE_HEADERS,
    BEFORE_FIRST_TOKEN,
    MID_STREAM
  }

  private static Heard call(Wire wire, WireServer.Script script, Timeouts timeouts)
      throws Exception {
    try (var server = new WireServer(script);
        var client =
            new LangChain4jModelClient(
                Calls.replica(wire.provider(), server.baseUrl(), timeouts))) {
      var heard = new Heard();
      client.start(Calls.request(), heard);
      heard.end();
      assertThat(heard.ends()).hasSize(1);
      return heard;
    }
  }

  private static Heard call(Wire wire, String stream) throws Exception {
    return call(
        wire,
        server -> {
          server.open();
          server.write(stream);
        },
        Calls.PATIENT);
  }

  /** Short where the fault is a silence, so that the test is; long elsewhere. */
  private static Timeouts timeouts(WireFault fault) {
    return switch (fault) {
      case SILENT_BEFORE_HEADERS -> new Timeouts(LONG, SHORT, LONG, LONG, LONG);
      case SILENT_BEFORE_FIRST_TOKEN, COMMENTS_ONLY -> new Timeouts(LONG, LONG, SHORT, LONG, LONG);
      case SILENT_MID_STREAM -> new Timeouts(LONG, LONG, LONG, SHORT, LONG);
      case TRICKLE -> new Timeouts(LONG, LONG, LONG, LONG, SHORT);
      default -> Calls.PATIENT;
    };
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("wiresAndFaults")
  void aFaultHasItsOneNameAndNothingSecretInItsReason(Wire wire, WireFault fault) throws Exception {
    var heard = call(wire, fault.on(wire), timeouts(fault));
    assertThat(heard.end()).isInstanceOf(Failed.class);
    var failed = (Failed) heard.end();
    assertThat(failed.code()).isEqualTo(fault.expected);
    assertThat(failed.reason()).isNotBlank().doesNotContain("secret", "Hello", "half");
    assertThat(heard.texts()).doesNotContain("more");
    assertThat(failed.retryAfter())
        .isEqualTo(
            fault == WireFault.RATE_LIMITED_WITH_A_WAIT
                ? Optional.of(Duration.ofSeconds(7))
                : Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("wires")
  void aWholeReplyIsFinishedWithItsTextUnitForUnitAndItsTokens(Wire wire) throws Exception {
    String[] pieces = {" Hi", "\n", "\n\n", "\"é\" 😀", " "};
    var heard = call(wire, wire.whole(pieces));
    assertThat(heard.texts()).containsExactly(pieces);
    assertThat(heard.end()).isInstanceOf(Finished.class);
    assertThat(((Finished) heard.end()).text()).isEqualTo(String.join("", pieces));
    assertThat(heard.end().tokens().prompt()).isEqualTo(OptionalInt.of(Wire.TOKENS[0]));
    assertThat(heard.end().tokens().completion()).isEqualTo(OptionalInt.of(Wire.TOKENS[1]));
    assertThat(heard.end().tokens().cached()).isEqualTo(OptionalInt.of(Wire.TOKENS[2]));
  }

  @ParameterizedTest
  @MethodSource("wires")
  void bytesMayComeOneByOneAndInsideACodePoint(Wire wire) throws Exception {
    String stream = wire.whole("é😀", "漢").replace("\n", "\r\n") + ": ping\r\n\r\n";
    var heard =
        call(
            wire,
            server -> {
              server.open();
              for (byte one : stream.getBytes(StandardCharsets.UTF_8)) {
                server.write(new byte[] {one});
              }
            },
            Calls.PATIENT);
    assertThat(heard.texts()).containsExactly("é😀", "漢");
    assertThat(heard.end()).isInstanceOf(Finished.class);
  }

  @ParameterizedTest
  @MethodSource("wires")
  void anHonestReasonIsEnoughWithoutTheLastMark(Wire wire) throws Exception {
    var heard = call(wire, wire.start() + wire.text("all") + wire.end(Wire.End.GOOD));
    assertThat(heard.end()).isInstanceOf(Finished.class);
  }

  @ParameterizedTest
  @MethodSource("wires")
  void anOpenConnectionAfterTheEndDoesNotHoldTheReplyBack(Wire wire) throws Exception {
    var heard =
        call(
            wire,
            server -> {
              server.open();
              server.write(wire.whole("all"));
              server.awaitClientGone();
            },
            new Timeouts(LONG, LONG, LONG, LONG, LONG));
    assertThat(heard.end()).isInstanceOf(Finished.class);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("wiresAndPhases")
  void cancelEndsTheCallAndClosesTheConnectionInEveryPhase(Wire wire, Phase phase)
      throws Exception {
    WireServer.Script script =
        server -> {
          if (phase != Phase.BEFORE_HEADERS) server.open();
          if (phase == Phase.MID_STREAM) server.write(wire.start() + wire.text("half"));
          server.awaitClientGone();
        };
    try (var server = new WireServer(script);
        var client =
            new LangChain4jModelClient(
                Calls.replica(wire.provider(), server.baseUrl(), Calls.PATIENT))) {
      var heard = new Heard();
      var call = client.start(Calls.request(), heard);
      await().until(() -> server.exchanges().size() == 1);
      if (phase == Phase.MID_STREAM) heard.awaitText();
      call.cancel();
      assertThat(heard.end()).isInstanceOf(Cancelled.class);
      assertThat(server.clientGone(1_000)).isTrue();
      assertThat(heard.ends()).hasSize(1);
    }
  }
}
