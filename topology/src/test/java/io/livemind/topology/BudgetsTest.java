package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.avro.Action;
import io.livemind.schemas.avro.Delete;
import io.livemind.schemas.avro.Failed;
import io.livemind.schemas.avro.InferenceDropped;
import io.livemind.schemas.avro.Inferred;
import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Rejected;
import io.livemind.schemas.avro.Role;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.schemas.avro.Task;
import io.livemind.schemas.avro.Usage;
import io.livemind.topology.typing.TypingLimits;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls in advance are bounded by budgets, and by what fits a context window. */
class BudgetsTest {
  private static final String FIRST = "Berlin has four airports. ";
  private static final String SECOND = "Which one is the oldest? ";
  private static final String THIRD = "And which is the largest? ";
  private static final String INFERENCE = "action inference. Tempelhof is old.";

  /** Of each call of the driver's workers: ten for the prompt, five for the reply. */
  private static final int TOKENS = 15;

  private static final long COST_NANOS = 7;

  private PipelineDriver pipeline = new PipelineDriver();

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void aModelIsNotAskedBeforeThereIsEnoughThatItHasNotRead() {
    pipeline.open(SessionOptions.newBuilder().setMinimumGrowth(40).build());
    pipeline.type(FIRST + SECOND);
    assertThat(pipeline.inferenceTasks()).isEmpty();

    pipeline.type(THIRD);

    assertThat(pipeline.inferenceTasks()).hasSize(1);
  }

  @Test
  void aTurnThatHasSpentItsTokensThinksNoMoreAndIsAnsweredAllTheSame() {
    pipeline.open(SessionOptions.newBuilder().setMaximumTokensPerTurn(TOKENS).build());
    pipeline.type(FIRST + SECOND);
    pipeline.run(pipeline.inferenceTask(), INFERENCE);

    pipeline.type(THIRD + "x ");
    assertThat(pipeline.inferenceTasks()).isEmpty();
    pipeline.submit();

    assertThat(pipeline.answerTasks()).hasSize(1);
  }

  @Test
  void aCallThatIsCutOffCountsByTheEstimateOfItsPrompt() {
    pipeline.openOwned(
        SessionOptions.newBuilder().setMaximumTokensPerSession(TOKENS).build(), "owner");
    pipeline.type(FIRST + SECOND);
    Task thinking = pipeline.inferenceTask();
    pipeline.claim(thinking, "e1");

    pipeline.cutOff(thinking, "e1", "eight ch", TOKENS - 2);
    pipeline.submit();

    Usage usage = pipeline.usage().getLast();
    assertThat(usage.getTokens()).isEqualTo(TOKENS);
    assertThat(usage.getWastedTokens()).isEqualTo(TOKENS);
    assertThat(pipeline.answerTasks()).isEmpty();
    assertThat(pipeline.answer(Failed.class).orElseThrow().getCode()).isEqualTo("budget_spent");
  }

  @Test
  void aReplyMayBeAsLongAsTheBudgetsLeaveAfterItsPrompt() {
    int budget = 5_000;
    pipeline.open(
        SessionOptions.newBuilder()
            .setMaximumTokensPerTurn(budget)
            .setMaximumTokensPerSession(2 * budget)
            .build());
    pipeline.type(FIRST + SECOND);
    Task first = pipeline.inferenceTask();
    assertThat(first.getMaximumTokens()).hasValue(budget - TokenEstimate.of(first.getMessages()));
    pipeline.run(first, INFERENCE);

    pipeline.type(THIRD);
    Task second = pipeline.inferenceTask();
    assertThat(second.getMaximumTokens())
        .hasValue(budget - TOKENS - TokenEstimate.of(second.getMessages()));
    pipeline.run(second, INFERENCE);
    pipeline.submit();

    Task answer = pipeline.answerTask();
    assertThat(answer.getMaximumTokens())
        .hasValue(2 * (budget - TOKENS) - TokenEstimate.of(answer.getMessages()));
  }

  @Test
  void theNextTurnHasItsOwnTokens() {
    pipeline.open(SessionOptions.newBuilder().setMaximumTokensPerTurn(TOKENS).build());
    pipeline.type(FIRST + SECOND);
    pipeline.run(pipeline.inferenceTask(), INFERENCE);
    pipeline.submit();
    pipeline.run(pipeline.answerTask(), "Tempelhof.");

    pipeline.type(FIRST + SECOND);

    assertThat(pipeline.inferenceTasks()).hasSize(1);
  }

  @Test
  void aSessionThatHasSpentItsCallsIsToldSo() {
    pipeline.open(SessionOptions.newBuilder().setMaximumCallsPerSession(1).build());
    pipeline.type(FIRST + SECOND);
    pipeline.run(pipeline.inferenceTask(), INFERENCE);

    pipeline.submit();

    assertThat(pipeline.answerTasks()).isEmpty();
    assertThat(pipeline.answer(Failed.class).orElseThrow().getCode()).isEqualTo("budget_spent");
  }

  @Test
  void aSessionThatHasSpentItsTokensIsToldSo() {
    pipeline.open(SessionOptions.newBuilder().setMaximumTokensPerSession(TOKENS).build());
    pipeline.type(FIRST);
    pipeline.submit();
    pipeline.run(pipeline.answerTask(), "Tempelhof.");

    pipeline.type(SECOND);
    pipeline.submit();

    assertThat(pipeline.answerTasks()).isEmpty();
    assertThat(pipeline.answer(Failed.class).orElseThrow().getCode()).isEqualTo("budget_spent");
  }

  @Test
  void whatASessionHasSpentIsToldWhenACallHasEnded() {
    pipeline.openOwned(SessionOptions.newBuilder().build(), "owner");
    pipeline.type(FIRST + SECOND);
    Task thinking = pipeline.inferenceTask();
    pipeline.claim(thinking, "e1");
    pipeline.submit();
    pipeline.conclude(thinking, "e1", "cut short", "cancelled");

    pipeline.run(pipeline.answerTask(), "Tempelhof.");

    List<Usage> usage = pipeline.usage();
    assertThat(usage).extracting(Usage::getTokens).containsExactly((long) TOKENS, 2L * TOKENS);
    assertThat(usage.getLast().getOwnerDigest()).isEqualTo("owner");
    assertThat(usage.getLast().getTokensOfDay()).isEqualTo(2 * TOKENS);
    assertThat(usage.getLast().getWastedTokens()).isEqualTo(TOKENS);
    assertThat(usage.getLast().getCalls()).isEqualTo(2);
    assertThat(usage.getLast().getTurns()).isEqualTo(1);
    assertThat(usage.getLast().getCostNanos()).isEqualTo(2 * COST_NANOS);
  }

  @Test
  void whatThinkingCostsIsToldThoughTheTurnNeverEnds() {
    pipeline.openOwned(SessionOptions.newBuilder().build(), "owner");
    pipeline.type(FIRST + SECOND);
    assertThat(pipeline.usage()).isEmpty();

    pipeline.run(pipeline.inferenceTask(), INFERENCE);

    assertThat(pipeline.usage())
        .singleElement()
        .satisfies(usage -> assertThat(usage.getTokensOfDay()).isEqualTo(TOKENS));
  }

  @Test
  void whatADraftCostsIsToldThoughNobodySubmits() {
    pipeline.openOwned(SessionOptions.newBuilder().setDraftPauseMillis(500).build(), "owner");
    pipeline.type("Why?");
    pipeline.pass(Duration.ofSeconds(1));

    pipeline.run(pipeline.answerTask(), "Because.");

    assertThat(pipeline.usage())
        .singleElement()
        .satisfies(usage -> assertThat(usage.getTokensOfDay()).isEqualTo(TOKENS));
  }

  @Test
  void theLastTotalsOfASessionAreToldWhenItIsDeleted() {
    pipeline.openOwned(SessionOptions.newBuilder().build(), "owner");
    pipeline.type(FIRST + SECOND);
    pipeline.run(pipeline.inferenceTask(), INFERENCE);
    pipeline.type(THIRD + "x ");
    pipeline.usage();

    pipeline.send(new Delete());

    assertThat(pipeline.usage())
        .singleElement()
        .satisfies(usage -> assertThat(usage.getTokens()).isEqualTo(TOKENS))
        .satisfies(usage -> assertThat(usage.getCalls()).isEqualTo(2));
  }

  @Test
  void aCallThatEndsWhenItsSessionIsDeletedIsPaidFor() {
    pipeline.openOwned(SessionOptions.newBuilder().build(), "owner");
    pipeline.type(FIRST + SECOND);
    Task running = pipeline.inferenceTask();
    pipeline.claim(running, "e1");
    pipeline.send(new Delete());
    pipeline.usage();
    pipeline.commit();
    pipeline.restart(new Random(0));

    pipeline.conclude(running, "e1", "cut short", "cancelled");

    assertThat(pipeline.usage())
        .singleElement()
        .satisfies(usage -> assertThat(usage.getOwnerDigest()).isEqualTo("owner"))
        .satisfies(usage -> assertThat(usage.getTokensOfDay()).isEqualTo(TOKENS))
        .satisfies(usage -> assertThat(usage.getWastedTokens()).isEqualTo(TOKENS));
    pipeline.pass(Duration.ofMinutes(61));
    assertThat(pipeline.storedKeys()).isEmpty();
  }

  @Test
  void ofASessionThatNobodyOwnsOrThatSpentNothingNothingIsTold() {
    pipeline.open();
    pipeline.type(FIRST + SECOND);
    pipeline.run(pipeline.inferenceTask(), INFERENCE);
    pipeline.send(new Delete());
    assertThat(pipeline.usage()).isEmpty();
    pipeline.close();
    pipeline = new PipelineDriver();
    pipeline.openOwned(SessionOptions.newBuilder().build(), "owner");
    pipeline.type("Berlin ");

    pipeline.send(new Delete());

    assertThat(pipeline.usage()).isEmpty();
  }

  @Test
  void aLongMemoryIsPutInShort() {
    pipeline.open(SessionOptions.newBuilder().setSummarizeAfter(2).build());
    pipeline.type(FIRST + SECOND);
    pipeline.run(pipeline.inferenceTask(), INFERENCE);
    pipeline.type(THIRD);
    pipeline.run(pipeline.inferenceTask(), INFERENCE);

    pipeline.run(pipeline.inferenceTask(), "Tempelhof is the oldest of four.");

    assertThat(pipeline.answers())
        .filteredOn(Inferred.class::isInstance)
        .last()
        .satisfies(last -> assertThat(((Inferred) last).getAction()).isEqualTo(Action.SUMMARIZE));
    pipeline.submit();
    assertThat(pipeline.answerTask().getMessages())
        .filteredOn(message -> message.getRole() == Role.ASSISTANT)
        .extracting(Message::getContent)
        .containsExactly("action summarize. Tempelhof is the oldest of four.");
  }

  @Test
  void aLongHistoryIsPutInShortBeforeTheNextTurn() {
    pipeline.open(SessionOptions.newBuilder().setContextTokens(2_000).build());
    turn("What is one? ", "One ".repeat(500));
    turn("What is two? ", "Two ".repeat(500));

    pipeline.pass(Duration.ofMillis(100));
    Task summary = pipeline.inferenceTask();
    pipeline.run(summary, "One and two were explained.");
    pipeline.type("And three? ");
    pipeline.submit();

    assertThat(contents(summary)).contains("What is one? ").doesNotContain("What is two? ");
    assertThat(contents(pipeline.answerTask()))
        .contains("One and two were explained.", "What is two? ")
        .doesNotContain("What is one? ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n"})
  void aSummaryWithoutAWordTakesNothingFromTheHistory(String reply) {
    pipeline.open(SessionOptions.newBuilder().setContextTokens(2_000).build());
    turn("What is one? ", "One ".repeat(500));
    turn("What is two? ", "Two ".repeat(500));
    pipeline.pass(Duration.ofMillis(100));

    pipeline.run(pipeline.inferenceTask(), reply);

    pipeline.type("And three? ");
    pipeline.submit();
    assertThat(pipeline.answerTask().getMessages())
        .extracting(Message::getContent)
        .anySatisfy(content -> assertThat(content).contains("What is one? "))
        .noneSatisfy(content -> assertThat(content).isBlank());
    assertThat(pipeline.answer(InferenceDropped.class).orElseThrow().getCode())
        .isEqualTo("malformed");
  }

  @Test
  void whatDoesNotFitTheContextWindowIsLeftOutFromTheOldestTurnOn() {
    pipeline.open(SessionOptions.newBuilder().setContextTokens(2_000).build());
    turn("What is one? ", "One ".repeat(800));
    turn("What is two? ", "Two ".repeat(800));

    pipeline.type("And three? ");
    pipeline.submit();

    assertThat(contents(pipeline.answerTask()))
        .contains("What is two? ")
        .doesNotContain("What is one? ");
  }

  private void turn(String prompt, String answer) {
    pipeline.type(prompt);
    pipeline.submit();
    pipeline.run(pipeline.answerTask(), answer);
  }

  private static String contents(Task task) {
    return String.join("\n", task.getMessages().stream().map(Message::getContent).toList());
  }

  @Test
  void aTurnTakesOnlySoManyFragments() {
    limited(new TypingLimits(100, 1_000, 32, 2_000, 2, 10));
    pipeline.type("one two three ");

    assertThat(codes()).containsExactly("too_many_fragments");
  }

  @Test
  void aSessionHasOnlySoManyTurns() {
    limited(new TypingLimits(100, 1_000, 32, 2_000, 10, 1));
    turn("one ", "1");

    pipeline.type("two ");

    assertThat(codes()).containsExactly("too_many_turns");
  }

  private void limited(TypingLimits limits) {
    pipeline.close();
    pipeline = new PipelineDriver(limits);
    pipeline.open();
  }

  private List<String> codes() {
    return pipeline.answers().stream()
        .filter(Rejected.class::isInstance)
        .map(rejected -> ((Rejected) rejected).getCode())
        .toList();
  }
}
