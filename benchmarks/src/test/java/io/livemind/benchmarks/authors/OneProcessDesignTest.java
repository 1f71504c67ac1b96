package io.livemind.benchmarks.authors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OneProcessDesignTest {
  private static final String COMPLETE = "The harbour freezes. It";

  @Test
  void theModelIsCalledOnceForEachCompleteSentenceAndForTheAnswer() {
    var calls = new AtomicInteger();
    var design = new OneProcessDesign(calls::incrementAndGet);

    assertThat(design.typed("The harbour freezes. ")).isZero();
    assertThat(design.typed(COMPLETE)).isPositive();
    assertThat(design.typed(COMPLETE + " does")).isZero();
    int prompt = design.submitted(COMPLETE + " does.", () -> assertThat(calls).hasValue(1));

    assertThat(calls).hasValue(2);
    assertThat(prompt).isGreaterThan(COMPLETE.length());
  }

  @Test
  void whatWasThoughtAboutBeforeIsNotThoughtAboutAgain() {
    var calls = new AtomicInteger();
    var design = new OneProcessDesign(calls::incrementAndGet);

    design.begun(COMPLETE);

    assertThat(design.typed(COMPLETE + " ")).isZero();
    assertThat(calls).hasValue(0);
  }

  @Test
  void aKeyThatComesDuringACallWaitsUntilItsEnd() throws InterruptedException {
    var called = new CountDownLatch(1);
    var reply = new CountDownLatch(1);
    var design =
        new OneProcessDesign(
            () -> {
              called.countDown();
              await(reply);
            });
    Thread first = Thread.ofPlatform().start(() -> design.typed(COMPLETE));
    await(called);
    Thread second = Thread.ofPlatform().start(() -> design.typed(COMPLETE + " "));

    while (second.getState() != Thread.State.WAITING && second.isAlive()) Thread.onSpinWait();
    boolean waited = second.isAlive();
    reply.countDown();
    first.join();
    second.join();

    assertThat(waited).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
