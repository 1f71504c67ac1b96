package io.livemind.workers.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EarlyEndTest {

  @Test
  void theFirstReasonCounts() {
    var early = new EarlyEnd<String>();
    assertThat(early.request("first")).isTrue();
    assertThat(early.request("second")).isFalse();
    assertThat(early.reason()).contains("first");
  }

  @Test
  void aRequestBeforeTheWorkInterruptsItAtItsBegin() {
    var early = new EarlyEnd<String>();
    early.request("early");
    early.begin();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    assertThat(early.seal()).contains("early");
  }

  @Test
  void afterTheSealNothingInterrupts() {
    var early = new EarlyEnd<String>();
    early.begin();
    assertThat(early.seal()).isEmpty();
    assertThat(early.request("late")).isFalse();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void theSealClearsAnInterruptThatMetNoBlockingCall() {
    var early = new EarlyEnd<String>();
    early.begin();
    early.request("now");
    assertThat(early.seal()).contains("now");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }
}
