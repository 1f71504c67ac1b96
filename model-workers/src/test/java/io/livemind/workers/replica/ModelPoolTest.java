package io.livemind.workers.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.workers.ModelConfig;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.ReplicaLimits;
import io.livemind.workers.model.ModelCall;
import io.livemind.workers.model.ModelClient;
import io.livemind.workers.model.ModelOutcome.Cancelled;
import io.livemind.workers.model.ModelOutcome.Failed;
import io.livemind.workers.model.ModelOutcome.Finished;
import io.livemind.workers.model.ModelRequest;
import io.livemind.workers.model.ModelSink;
import io.livemind.workers.model.TokenCounts;
import io.livemind.workers.replica.ModelPool.Place;
import io.livemind.workers.replica.ModelPool.Taken;
import io.livemind.workers.replica.ModelPool.Unavailable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private static class Calm implements ModelPools.Holder {
    final AtomicInteger asked = new AtomicInteger();
    final boolean answers;
    volatile boolean leaving;

    Calm(TaskKind kind) {
      answers = kind == TaskKind.ANSWER;
    }

    @Override
    public boolean isWaitedFor() {
      return answers;
    }

    @Override
    public boolean isLeaving() {
      return leaving;
    }

    @Override
    public void makeRoom() {
      asked.incrementAndGet();
    }
  }

  private static final Want ANY = new Want("s", 0, 0, 0);

  private final AtomicLong now = new AtomicLong();
  private final ModelPools ofTwo = pools(Map.of("m", model(replica("a"), replica("b"))));
  private final ModelPool two = ofTwo.serving("m", TaskKind.ANSWER).orElseThrow();
  private final ModelPools ofOne = pools(Map.of("m", model(replica("a"))));
  private final ModelPool one = ofOne.serving("m", TaskKind.ANSWER).orElseThrow();

  private ModelPools pools(Map<String, ModelConfig> models) {
    return new ModelPools(models, config -> new Named(config.modelName()), now::get);
  }

  private static ModelConfig model(ReplicaConfig... replicas) {
    return new ModelConfig(List.of(replicas));
  }

  private static ReplicaConfig replica(String name) {
    return ReplicaConfig.openAi(URI.create("http://127.0.0.1:1/v1"), name, Optional.empty(), 1);
  }

  private static Taken take(ModelPool pool, String session, TaskKind kind, Duration within)
      throws InterruptedException {
    return take(pool, session, within, new Calm(kind));
  }

  private static Taken take(
      ModelPool pool, String session, Duration within, ModelPools.Holder holder)
      throws InterruptedException {
    return pool.take(new Want(session, 0, 0, 0), within, holder);
  }

  private static Place place(Taken taken) {
    assertThat(taken).isInstanceOf(Place.class);
    return (Place) taken;
  }

  private static CompletableFuture<Taken> taking(ModelPool pool, ModelPools.Holder holder) {
    var taken = new CompletableFuture<Taken>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                taken.complete(take(pool, "s", LONG, holder));
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
    var inference = taking(one, new Calm(TaskKind.INFERENCE));
    await().until(() -> ofOne.waiting() == 1);
    var answer = taking(one, new Calm(TaskKind.ANSWER));
    await().until(() -> ofOne.waiting() == 2);
    running.ended(GOOD, OptionalLong.empty());
    place(answer.get()).ended(GOOD, OptionalLong.empty());
    place(inference.get());
  }

  @Test
  void anAnswerEndsTheYoungestInferenceThatHasItsPlace() throws Exception {
    var older = new Calm(TaskKind.INFERENCE);
    var youngest = new Calm(TaskKind.INFERENCE);
    place(take(two, "s", NOT, older));
    var younger = place(take(two, "s", NOT, youngest));
    var answer = taking(two, new Calm(TaskKind.ANSWER));
    await().until(() -> youngest.asked.get() == 1);
    assertThat(older.asked).hasValue(0);
    younger.ended(GOOD, OptionalLong.empty());
    place(answer.get());
  }

  @Test
  void anInferenceThatLeavesAnywayIsWaitedForAndNoOtherIsEnded() throws Exception {
    var leaves = new Calm(TaskKind.INFERENCE);
    var stays = new Calm(TaskKind.INFERENCE);
    var leaving = place(take(two, "s", NOT, leaves));
    place(take(two, "s", NOT, stays));
    leaves.leaving = true;
    var answer = taking(two, new Calm(TaskKind.ANSWER));
    await().until(() -> leaves.asked.get() == 1);
    leaving.ended(GOOD, OptionalLong.empty());
    place(answer.get());
    assertThat(stays.asked).hasValue(0);
  }

  @Test
  void anInferenceEndsNobody() throws Exception {
    var running = new Calm(TaskKind.INFERENCE);
    place(take(one, "s", NOT, running));
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
    assertThat(ofOne.load(replica("a").id()).used()).isZero();
    assertThat(ofOne.waiting()).isZero();
  }

  @Test
  void twoModelsShareThePlacesOfAReplicaAndAnAnswerOfOneEndsAnInferenceOfTheOther()
      throws Exception {
    ModelPools pools = pools(Map.of("thinks", model(replica("a")), "answers", model(replica("a"))));
    var thinking = new Calm(TaskKind.INFERENCE);
    var running =
        place(take(pools.serving("thinks", TaskKind.INFERENCE).orElseThrow(), "s", NOT, thinking));
    var answer =
        taking(pools.serving("answers", TaskKind.ANSWER).orElseThrow(), new Calm(TaskKind.ANSWER));
    await().until(() -> thinking.asked.get() == 1);
    running.ended(new Cancelled(TokenCounts.UNKNOWN), OptionalLong.empty());
    place(answer.get());
  }

  @Test
  void aModelWithoutAnEntryIsServedByTheRoleOfItsTask() {
    ModelPools pools =
        pools(
            Map.of(
                ModelConfig.INFERENCE,
                model(replica("a")),
                ModelConfig.OUTPUT,
                model(replica("b"))));
    assertThat(pools.serving("large", TaskKind.INFERENCE))
        .isEqualTo(pools.serving(ModelConfig.INFERENCE, TaskKind.ANSWER))
        .isPresent();
    assertThat(pools.serving("large", TaskKind.ANSWER))
        .isEqualTo(pools.serving(ModelConfig.OUTPUT, TaskKind.INFERENCE))
        .isPresent();
    assertThat(ofOne.serving("large", TaskKind.ANSWER)).isEmpty();
  }

  private static ReplicaConfig limited(
      String name, Optional<Integer> window, Optional<Integer> requestsPerMinute) {
    return replica(name)
        .withLimits(
            new ReplicaLimits(
                8,
                Optional.empty(),
                window,
                Optional.empty(),
                requestsPerMinute,
                Optional.empty()));
  }

  @Test
  void aCallGoesWhereItFitsTheContextWindowAndNowhereIfItFitsNone() throws Exception {
    ModelPool pool =
        pools(
                Map.of(
                    "m",
                    model(
                        limited("small", Optional.of(1_000), Optional.empty()),
                        limited("big", Optional.of(4_000), Optional.empty()))))
            .serving("m", TaskKind.ANSWER)
            .orElseThrow();
    for (String session : List.of("s", "t", "u", "v")) {
      var fitsBig = new Want(session, 4_000, 500, 0);
      assertThat(place(pool.take(fitsBig, NOT, new Calm(TaskKind.ANSWER))).client())
          .isEqualTo(new Named("big"));
    }
    var fitsNone = new Want("s", 40_000, 0, 0);
    assertThat(((Unavailable) pool.take(fitsNone, NOT, new Calm(TaskKind.ANSWER))).code())
        .isEqualTo(FailureCode.CONTEXT_TOO_LONG);
  }

  @Test
  void aCallThatIsMadeAgainGoesToAnotherReplica() throws Exception {
    Place first = place(two.take(new Want("s", 0, 0, 0), NOT, new Calm(TaskKind.ANSWER)));
    first.ended(GOOD, OptionalLong.empty());

    Place second = place(two.take(new Want("s", 0, 0, 1), NOT, new Calm(TaskKind.ANSWER)));

    assertThat(second.replica()).isNotEqualTo(first.replica());
  }

  @Test
  void callsBeyondTheRateWaitForItAndAreToldWhenItIsTooFarAway() throws Exception {
    ModelPool pool =
        pools(Map.of("m", model(limited("a", Optional.empty(), Optional.of(6)))))
            .serving("m", TaskKind.ANSWER)
            .orElseThrow();
    place(pool.take(ANY, NOT, new Calm(TaskKind.ANSWER))).ended(GOOD, OptionalLong.empty());
    var refused = (Unavailable) pool.take(ANY, NOT, new Calm(TaskKind.ANSWER));
    assertThat(refused.code()).isEqualTo(FailureCode.RATE_LIMITED);
    assertThat(refused.retryAfter()).contains(Duration.ofSeconds(10));
    now.addAndGet(Duration.ofSeconds(10).toNanos());
    place(pool.take(ANY, NOT, new Calm(TaskKind.ANSWER)));
  }

  @Test
  void aDraftThatIsReleasedWhileItWaitsIsServedAsAnAnswer() throws Exception {
    var released = new AtomicBoolean();
    var thinking = new Calm(TaskKind.INFERENCE);
    var running = place(take(one, "s", NOT, thinking));
    var draft =
        new Calm(TaskKind.INFERENCE) {
          @Override
          public boolean isWaitedFor() {
            return released.get();
          }
        };
    var inference = taking(one, new Calm(TaskKind.INFERENCE));
    await().until(() -> ofOne.waiting() == 1);
    var answer = taking(one, draft);
    await().until(() -> ofOne.waiting() == 2);
    assertThat(thinking.asked).hasValue(0);
    released.set(true);
    ofOne.promote(draft);
    assertThat(thinking.asked).hasValue(1);
    running.ended(GOOD, OptionalLong.empty());
    place(answer.get()).ended(GOOD, OptionalLong.empty());
    place(inference.get());
  }
}
