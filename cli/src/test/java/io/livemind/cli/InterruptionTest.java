package io.livemind.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class InterruptionTest {

  @Test
  void interruptsTheCommandsThread() {
    var interruption = new Interruption();

    interruption.request();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(interruption.requested()).isTrue();
  }

  @Test
  void stopsByWhatTheOpenScopeSays() {
    var interruption = new Interruption();
    var stopped = new ArrayList<String>();
    try (var scope = interruption.stoppingBy(() -> stopped.add("stopped"))) {
      interruption.request();
    }

    assertThat(stopped).containsExactly("stopped");
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aScopeThatOpensTooLateIsStoppedAtOnce() {
    var interruption = new Interruption();
    interruption.request();
    assertThat(Thread.interrupted()).isTrue();
    var stopped = new ArrayList<String>();

    try (var scope = interruption.stoppingBy(() -> stopped.add("stopped"))) {
      assertThat(stopped).containsExactly("stopped");
    }
  }
}
