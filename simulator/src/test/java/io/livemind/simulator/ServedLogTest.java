package io.livemind.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ServedLogTest {

  @Test
  void beyondItsLimitTheOldestCallIsDropped() {
    var log = new ServedLog(2, 1_000);

    for (int i = 0; i < 5; i++) log.add(call(i, "s" + i % 2, "text"));

    assertThat(log.all()).extracting(ServedCall::number).containsExactly(3L, 4L);
    assertThat(log.of("s0")).extracting(ServedCall::number).containsExactly(4L);
    assertThat(log.dropped()).isEqualTo(3);
  }

  @Test
  void beyondTheBoundOfCharactersTheOldestCallsLoseTheirMessagesAndStay() {
    var log = new ServedLog(100, 10);

    log.add(call(0, "a", "12345"));
    log.add(call(1, "a", "12345"));
    log.add(call(2, "a", "1"));
    assertThat(log.all()).extracting(ServedCall::number).containsExactly(0L, 1L, 2L);
    assertThat(log.all()).extracting(call -> call.messages().size()).containsExactly(0, 1, 1);

    log.add(call(3, "a", "more than ten characters"));
    assertThat(log.of("a")).extracting(call -> call.messages().size()).containsOnly(0);
    assertThat(log.dropped()).isZero();
  }

  @Test
  void aForgottenSessionIsGoneAndTheOthersStay() {
    var log = new ServedLog(100, 100);
    log.add(call(0, "a", "1"));
    log.add(call(1, "b", "1"));

    log.forget("a");
    log.forget("unknown");

    assertThat(log.of("a")).isEmpty();
    assertThat(log.all()).extracting(ServedCall::session).containsExactly("b");
  }

  private static ServedCall call(long number, String session, String text) {
    return new ServedCall(
        number,
        session,
        0,
        0,
        CallKind.ANSWER,
        "m",
        List.of(ChatMessage.user(text)),
        Optional.empty(),
        200,
        false,
        true,
        1,
        0,
        1,
        0,
        OptionalLong.empty(),
        OptionalLong.empty(),
        0,
        0);
  }
}
