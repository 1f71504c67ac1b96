package io.livemind.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.Delta;
import io.livemind.schemas.avro.Outcome;
import io.livemind.schemas.avro.Started;
import io.livemind.schemas.avro.Task;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.workers.model.ModelOutcome.Failed;
import io.livemind.workers.model.ModelOutcome.Finished;
import io.livemind.workers.model.TokenCounts;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskCallTest {
  private final WorkerRig rig = WorkerRig.with(4);

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void anAnswersDeltasJoinToTheTextOfItsOutcome() {
    var call = rig.running("a", TaskKind.ANSWER);
    var model = rig.startedCall(1);
    model.says(" one");
    model.says("\n");
    model.says("two 😀");
    model.finishes();
    Outcome outcome = rig.awaitResult(Outcome.class);
    assertThat(outcome.getText()).isEqualTo(" one\ntwo 😀");
    assertThat(outcome.getFailure()).isEmpty();
    assertThat(outcome.getExecution()).isEqualTo(call.execution().id());
    assertThat(outcome.getAttempt()).isEqualTo(2);
    assertThat(outcome.getInputHash()).isEqualTo(77L);
    var deltas = rig.answers(Delta.class);
    assertThat(deltas.stream().map(Delta::getText).reduce("", String::concat))
        .isEqualTo(outcome.getText());
    assertThat(outcome.getDeltas()).isEqualTo(deltas.size());
    assertThat(rig.answers(Started.class)).hasSize(1);
    assertThat(rig.recordsOf(rig.topics.answers()).getFirst().partition()).isEqualTo(2);
  }

  @Test
  void theOutcomeWaitsUntilTheBrokerHasConfirmedEveryDelta() {
    try (var slow = WorkerRig.unconfirmed(4)) {
      slow.running("a", TaskKind.ANSWER);
      var model = slow.startedCall(1);
      model.says("one");
      model.finishes();
      await().until(() -> !slow.answers(Delta.class).isEmpty());
      await()
          .during(Duration.ofMillis(100)) // Long enough for an outcome that would not wait.
          .until(() -> slow.results(Outcome.class).isEmpty());
      while (slow.producer.completeNext()) {}
      assertThat(slow.awaitResult(Outcome.class).getDeltas()).isEqualTo(1);
    }
  }

  @Test
  void aLostDeltaIsNotCountedAndNeitherIsWhatFollows() {
    try (var slow = WorkerRig.unconfirmed(4)) {
      slow.running("a", TaskKind.ANSWER);
      var model = slow.startedCall(1);
      model.says("one");
      model.says("two");
      model.finishes();
      await().until(() -> slow.answers(Delta.class).size() == 2);
      slow.producer.completeNext(); // started
      slow.producer.errorNext(new org.apache.kafka.common.errors.TimeoutException("lost"));
      while (slow.producer.completeNext()) {}
      assertThat(slow.awaitResult(Outcome.class).getDeltas()).isZero();
      assertThat(slow.results(Outcome.class).getFirst().getText()).isEqualTo("onetwo");
    }
  }

  @Test
  void anInferenceStartsOnlyAfterItsGrantAndWritesNoAnswer() {
    var call = rig.running("i", TaskKind.INFERENCE);
    await()
        .during(Duration.ofMillis(100)) // Long enough for a call that would not wait.
        .until(() -> rig.model.calls().isEmpty());
    call.grant();
    var model = rig.startedCall(1);
    model.says("action wait.");
    model.finishes();
    assertThat(rig.awaitResult(Outcome.class).getText()).isEqualTo("action wait.");
    assertThat(rig.recordsOf(rig.topics.answers())).isEmpty();
  }

  @Test
  void anInferenceWithoutGrantGivesItsPlaceBackAndSaysSo() {
    rig.running("i", TaskKind.INFERENCE);
    Outcome outcome = rig.awaitResult(Outcome.class);
    assertThat(outcome.getFailure()).contains(FailureCode.CANCELLED.code());
    await().until(() -> rig.worker.held().size() == 0);
    assertThat(rig.model.calls()).isEmpty();
    assertThat(rig.count(WorkerMetric.ENDED_EARLY, "reason", "not_granted")).isEqualTo(1);
  }

  @Test
  void cancelEndsTheCallAndTheOutcomeKeepsWhatThereWas() {
    var call = rig.running("a", TaskKind.ANSWER);
    var model = rig.startedCall(1);
    model.says("half");
    call.end(EndReason.CONTROL);
    Outcome outcome = rig.awaitResult(Outcome.class);
    assertThat(outcome.getFailure()).contains(FailureCode.CANCELLED.code());
    assertThat(outcome.getText()).isEqualTo("half");
    assertThat(model.isCancelled()).isTrue();
  }

  @Test
  void cancelBeforeTheFirstTokenEndsTheCallToo() {
    var call = rig.running("a", TaskKind.ANSWER);
    var model = rig.startedCall(1);
    call.end(EndReason.CONTROL);
    rig.awaitResult(Outcome.class);
    assertThat(model.isCancelled()).isTrue();
  }

  @Test
  void aFailureBeforeTheFirstTextIsRetriedOnceUnderTheSameExecution() {
    rig.running("a", TaskKind.ANSWER);
    rig.startedCall(1).ends(Failed.of(FailureCode.DISCONNECTED, "test"));
    var second = rig.startedCall(2);
    second.says("whole");
    second.finishes();
    Outcome outcome = rig.awaitResult(Outcome.class);
    assertThat(outcome.getFailure()).isEmpty();
    assertThat(outcome.getText()).isEqualTo("whole");
    assertThat(rig.answers(Started.class)).hasSize(1);
  }

  @Test
  void aFailureAfterTextIsNeverRetriedHere() {
    rig.running("a", TaskKind.ANSWER);
    var model = rig.startedCall(1);
    model.says("half");
    model.ends(Failed.of(FailureCode.DISCONNECTED, "reset"));
    Outcome outcome = rig.awaitResult(Outcome.class);
    assertThat(outcome.getFailure()).contains(FailureCode.DISCONNECTED.code());
    assertThat(outcome.getText()).isEqualTo("half");
    assertThat(rig.model.calls()).hasSize(1);
  }

  @Test
  void aSecondFailureIsTheSessionsBusiness() {
    rig.running("a", TaskKind.ANSWER);
    rig.startedCall(1).ends(Failed.of(FailureCode.DISCONNECTED, "test"));
    rig.startedCall(2)
        .ends(
            new Failed(
                FailureCode.RATE_LIMITED,
                "HTTP 429",
                Optional.of(Duration.ofSeconds(9)),
                TokenCounts.UNKNOWN));
    Outcome outcome = rig.awaitResult(Outcome.class);
    assertThat(outcome.getFailure()).contains(FailureCode.RATE_LIMITED.code());
    assertThat(outcome.getRetryAfterMillis()).contains(9_000L);
    assertThat(rig.model.calls()).hasSize(2);
  }

  @Test
  void usageAndTimesGoIntoTheOutcome() {
    rig.running("a", TaskKind.ANSWER);
    var model = rig.startedCall(1);
    rig.nanos.addAndGet(Duration.ofMillis(30).toNanos());
    model.says("x");
    rig.nanos.addAndGet(Duration.ofMillis(50).toNanos());
    model.ends(
        new Finished(
            "x", new TokenCounts(OptionalInt.of(9), OptionalInt.of(1), OptionalInt.empty())));
    var usage = rig.awaitResult(Outcome.class).getUsage();
    assertThat(usage.getPromptTokens()).contains(9);
    assertThat(usage.getCompletionTokens()).contains(1);
    assertThat(usage.getCachedTokens()).isEmpty();
    assertThat(usage.getFirstTokenMillis()).contains(30L);
    assertThat(usage.getTotalMillis()).isEqualTo(80L);
  }

  @Test
  void aModelThatNeverStopsIsEnded() {
    rig.running("a", TaskKind.ANSWER);
    var model = rig.startedCall(1);
    String much = "x".repeat(Reply.MAXIMUM_LENGTH / 4);
    for (int i = 0; i < 5; i++) model.says(much);
    Outcome outcome = rig.awaitResult(Outcome.class);
    assertThat(outcome.getFailure()).contains(FailureCode.LENGTH_LIMIT.code());
    await().until(model::isCancelled);
  }

  @Test
  void aTaskForAModelThatIsNotConfiguredFails() {
    var task = Task.newBuilder(WorkerRig.task("a", TaskKind.ANSWER)).setModel("huge").build();
    rig.running(task);
    assertThat(rig.awaitResult(Outcome.class).getFailure())
        .contains(FailureCode.MODEL_UNKNOWN.code());
  }

  @Test
  void aDraftWritesNothingUntilItIsReleasedAndThenGoesOnUnderTheSameExecution() {
    var call = rig.running(WorkerRig.draft("d"));
    call.grant();
    var model = rig.startedCall(1);
    model.says("early ");
    model.says("text");
    assertThat(rig.recordsOf(rig.topics.answers())).isEmpty();
    call.release();
    assertThat(rig.answers(Started.class)).hasSize(1);
    assertThat(rig.answers(Delta.class).stream().map(Delta::getText)).containsExactly("early text");
    model.says(", late text");
    model.finishes();
    Outcome outcome = rig.awaitResult(Outcome.class);
    assertThat(outcome.getText()).isEqualTo("early text, late text");
    assertThat(outcome.getExecution()).isEqualTo(call.execution().id());
    assertThat(rig.answers(Delta.class).stream().map(Delta::getText).reduce("", String::concat))
        .isEqualTo(outcome.getText());
    assertThat(outcome.getDeltas()).isEqualTo(rig.answers(Delta.class).size());
  }

  @Test
  void aDraftThatEndsBeforeItIsReleasedIsTheMachinesAndNobodyHasSeenIt() {
    var call = rig.running(WorkerRig.draft("d"));
    call.grant();
    rig.startedCall(1).says("all of it");
    rig.startedCall(1).finishes();
    Outcome outcome = rig.awaitResult(Outcome.class);
    assertThat(outcome.getText()).isEqualTo("all of it");
    assertThat(outcome.getDeltas()).isZero();
    call.release();
    assertThat(rig.recordsOf(rig.topics.answers())).isEmpty();
  }

  @Test
  void aDraftThatIsReleasedBeforeItsGrantStartsAsAnAnswer() {
    var call = rig.running(WorkerRig.draft("d"));
    call.release();
    rig.startedCall(1).says("answer");
    assertThat(rig.answers(Started.class)).hasSize(1);
    assertThat(rig.answers(Delta.class)).hasSize(1);
  }

  @Test
  void aDraftWaitsForItsGrant() {
    rig.running(WorkerRig.draft("d"));
    assertThat(rig.awaitResult(Outcome.class).getFailure()).contains(FailureCode.CANCELLED.code());
    assertThat(rig.model.calls()).isEmpty();
  }

  @Test
  void whatACallCostIsToldByThePriceOfItsReplica() {
    rig.running("a", TaskKind.ANSWER);
    var model = rig.startedCall(1);
    model.says("x");
    model.ends(
        new Finished(
            "x", new TokenCounts(OptionalInt.of(100), OptionalInt.of(10), OptionalInt.of(60))));
    // 40 × 2 + 60 × 1 + 10 × 5 millionths, see WorkerRig.
    assertThat(rig.awaitResult(Outcome.class).getUsage().getCostNanos()).contains(190_000L);
    await().until(() -> rig.count(WorkerMetric.COST) > 0);
    assertThat(rig.count(WorkerMetric.TOKENS, "type", "cached")).isEqualTo(60);
    assertThat(rig.count(WorkerMetric.OUTCOMES, "code", "finished")).isEqualTo(1);
  }

  @Test
  void theTokensOfACancelledCallAreWasted() {
    var call = rig.running("a", TaskKind.ANSWER);
    rig.startedCall(1).says("eight ch");
    call.end(EndReason.CONTROL);
    var usage = rig.awaitResult(Outcome.class).getUsage();
    // "hello" and "eight ch" at four characters a token.
    await().until(() -> rig.count(WorkerMetric.TOKENS_WASTED, "end", "cancelled") == 4);
    assertThat(rig.count(WorkerMetric.ENDED_EARLY, "reason", "control")).isEqualTo(1);
    assertThat(usage.getPromptTokens()).isEmpty();
    assertThat(usage.getPromptEstimate()).contains(2);
  }

  @Test
  void aCallThatTheReplicaDidNotTakeHasCostNothing() {
    rig.running("a", TaskKind.ANSWER);
    rig.startedCall(1).ends(Failed.of(FailureCode.OVERLOADED, "test"));
    rig.startedCall(2).ends(Failed.of(FailureCode.OVERLOADED, "test"));
    assertThat(rig.awaitResult(Outcome.class).getUsage().getPromptEstimate()).isEmpty();
    await().until(() -> rig.count(WorkerMetric.OUTCOMES, "code", "overloaded") == 1);
    assertThat(rig.count(WorkerMetric.TOKENS_WASTED, "end", "failed")).isZero();
  }

  @Test
  void aCallThatWasWaitedForInVainHasCostItsPrompt() {
    rig.running("a", TaskKind.ANSWER);
    rig.startedCall(1).ends(Failed.of(FailureCode.FIRST_TOKEN_TIMEOUT, "test"));
    assertThat(rig.awaitResult(Outcome.class).getUsage().getPromptEstimate()).contains(2);
  }
}
