package io.livemind.workers.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.workers.model.ModelCall;
import io.livemind.workers.model.ModelClient;
import io.livemind.workers.model.ModelOutcome.Failed;
import io.livemind.workers.model.ModelOutcome.Finished;
import io.livemind.workers.model.ModelRequest;
import io.livemind.workers.model.ModelSink;
import io.livemind.workers.model.TokenCounts;
import io.livemind.workers.replica.ModelPool.Place;
import io.livemind.workers.replica.ModelPool.Taken;
import io.livemind.workers.replica.ModelPool.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ModelPoolTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration NOT = Duration.ZERO;
  private static final Finished GOOD = new Finished("", TokenCounts.UNKNOWN);

  /** Never called: only its identity matters here. */
  private record Named(String name) implements ModelClient {
    @Override
    public ModelCall start(ModelRequest request, ModelSink sink) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  /** Counts how often it is asked to make room. */
  private static final class Calm implements ModelPool.Holder {
    final AtomicInteger asked = new AtomicInteger();
    volatile boolean leaving;

    @Override
    public boolean isLeaving() {
      return leaving;
    }

    @Override
    public void makeRoom() {
      asked.incrementAndGet();
    }
  }

  private final AtomicLong now = new AtomicLong();
  private final ModelPool two =
      new ModelPool(
          List.of(new Replica("a", 1, new Named("a")), new Replica("b", 1, new Named("b"))),
          now::get);
  private final ModelPool one =
      new ModelPool(List.of(new Replica("a", 1, new Named("a"))), now::get);

  private static Taken take(ModelPool pool, String session, TaskKind kind, Duration within)
      throws InterruptedException {
    return pool.take(session, kind, within, new Calm());
  }

  private static Place place(Taken taken) {
    assertThat(taken).isInstanceOf(Place.class);
    return (Place) taken;
  }

  private static CompletableFuture<Taken> taking(
      ModelPool pool, TaskKind kind, ModelPool.Holder holder) {
    var taken = new CompletableFuture<Taken>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                taken.complete(pool.take("s", kind, LONG, holder));
              } catch (InterruptedException | RuntimeException failed) {
                taken.completeExceptionally(failed);
              }
            });
    return taken;
  }

  @Test
  void aSessionsCallsGoToTheSameReplicaWhileItHasAPlace() throws Exception {
    var first = place(take(two, "s", TaskKind.ANSWER, NOT));
    var preferred = first.client();
    first.ended(GOOD, OptionalLong.of(1));
    var again = place(take(two, "s", TaskKind.ANSWER, NOT));
    assertThat(again.client()).isEqualTo(preferred);
    var other = place(take(two, "s", TaskKind.ANSWER, NOT));
    assertThat(other.client()).isNotEqualTo(preferred);
  }

  @Test
  void aFullPoolFailsAsOverloadedWhenTheWaitIsOver() throws Exception {
    place(take(one, "s", TaskKind.ANSWER, NOT));
    var refused = (Unavailable) take(one, "t", TaskKind.ANSWER, NOT);
    assertThat(refused.code()).isEqualTo(FailureCode.OVERLOADED);
  }

  @Test
  void aFreedPlaceGoesToAnAnswerBeforeAnInferenceThatWaitsLonger() throws Exception {
    var running = place(take(one, "s", TaskKind.ANSWER, NOT));
    var inference = taking(one, TaskKind.INFERENCE, new Calm());
    await().until(() -> one.waiting() == 1);
    var answer = taking(one, TaskKind.ANSWER, new Calm());
    await().until(() -> one.waiting() == 2);
    running.ended(GOOD, OptionalLong.empty());
    place(answer.get()).ended(GOOD, OptionalLong.empty());
    place(inference.get());
  }

  @Test
  void anAnswerEndsTheYoungestInferenceThatHasItsPlace() throws Exception {
    var older = new Calm();
    var youngest = new Calm();
    place(two.take("s", TaskKind.INFERENCE, NOT, older));
    var younger = place(two.take("s", TaskKind.INFERENCE, NOT, youngest));
    var answer = taking(two, TaskKind.ANSWER, new Calm());
    await().until(() -> youngest.asked.get() == 1);
    assertThat(older.asked).hasValue(0);
    younger.ended(GOOD, OptionalLong.empty());
    place(answer.get());
  }

  @Test
  void anInferenceThatLeavesAnywayIsWaitedForAndNoOtherIsEnded() throws Exception {
    var leaves = new Calm();
    var stays = new Calm();
    var leaving = place(two.take("s", TaskKind.INFERENCE, NOT, leaves));
    place(two.take("s", TaskKind.INFERENCE, NOT, stays));
    leaves.leaving = true;
    var answer = taking(two, TaskKind.ANSWER, new Calm());
    await().until(() -> leaves.asked.get() == 1);
    leaving.ended(GOOD, OptionalLong.empty());
    place(answer.get());
    assertThat(stays.asked).hasValue(0);
  }

  @Test
  void anInferenceEndsNobody() throws Exception {
    var running = new Calm();
    place(one.take("s", TaskKind.INFERENCE, NOT, running));
    assertThat(take(one, "t", TaskKind.INFERENCE, NOT)).isInstanceOf(Unavailable.class);
    assertThat(running.asked).hasValue(0);
  }

  @Test
  void whenEveryReplicaIsDownTheAnswerComesAtOnceAndSaysWhenToAskAgain() throws Exception {
    for (int i = 0; i < Breaker.THRESHOLD; i++) {
      place(take(one, "s", TaskKind.ANSWER, NOT))
          .ended(Failed.of(FailureCode.UNREACHABLE, "test"), OptionalLong.empty());
    }
    var refused = (Unavailable) take(one, "s", TaskKind.ANSWER, Duration.ofMillis(500));
    assertThat(refused.code()).isEqualTo(FailureCode.UNREACHABLE);
    assertThat(refused.retryAfter()).contains(Breaker.FIRST_PAUSE);
    now.addAndGet(Breaker.FIRST_PAUSE.toNanos());
    place(take(one, "s", TaskKind.ANSWER, NOT));
  }

  @Test
  void aReplicaThatAsksToWaitIsLeftAloneAndTheOtherIsUsed() throws Exception {
    var first = place(take(two, "s", TaskKind.ANSWER, NOT));
    var preferred = first.client();
    first.ended(
        new Failed(
            FailureCode.RATE_LIMITED,
            "test",
            Optional.of(Duration.ofSeconds(3)),
            TokenCounts.UNKNOWN),
        OptionalLong.empty());
    var instead = place(take(two, "s", TaskKind.ANSWER, NOT));
    assertThat(instead.client()).isNotEqualTo(preferred);
    instead.ended(GOOD, OptionalLong.empty());
    now.addAndGet(Duration.ofSeconds(3).toNanos());
    assertThat(place(take(two, "s", TaskKind.ANSWER, NOT)).client()).isEqualTo(preferred);
  }

  @Test
  void whoIsInterruptedWhileWaitingLeavesNoPlaceTaken() throws Exception {
    var running = place(take(one, "s", TaskKind.ANSWER, NOT));
    Thread.currentThread().interrupt();
    org.junit.jupiter.api.Assertions.assertThrows(
        InterruptedException.class, () -> take(one, "t", TaskKind.ANSWER, LONG));
    running.ended(GOOD, OptionalLong.empty());
    assertThat(one.used()).isZero();
    assertThat(one.waiting()).isZero();
  }
}
