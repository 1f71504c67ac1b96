package io.livemind.simulator;

import static io.livemind.simulator.Calls.alternating;
import static io.livemind.simulator.Calls.answer;
import static io.livemind.simulator.Calls.reply;
import static io.livemind.simulator.Calls.thinking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RecordedProgressTest {
  private static final String ONE = "Rivers flow. ";
  private static final String TWO = "Lakes do not. ";
  private static final String THREE = "Why?";
  private static final String FIRST = "action inference. It is about water.";
  private static final String SECOND = "action background. Gravity moves water.";
  private static final String ANSWER = "Because of gravity.";

  private final RecordedProgress progress = progress(false);

  @Test
  void aLiveTurnGetsItsInferencesInOrderAndThenItsAnswer() throws RefusedException {
    assertThat(send(thinking(0, 0, alternating(ONE)))).isEqualTo(FIRST);
    assertThat(send(thinking(0, 1, alternating(ONE, FIRST, TWO)))).isEqualTo(SECOND);
    assertThat(send(answer(0, 2, alternating(ONE, FIRST, TWO, SECOND, THREE)))).isEqualTo(ANSWER);
    assertThat(progress.counts()).isEqualTo(new RecordedCounts(2, 0, 0, 1, List.of()));
  }

  @Test
  void aConventionalAnswerNeedsNothingButThePrompt() throws RefusedException {
    assertThat(send(answer(0, 0, alternating(ONE + TWO + THREE)))).isEqualTo(ANSWER);
    assertThat(progress.counts()).isEqualTo(new RecordedCounts(0, 0, 2, 1, List.of()));
  }

  @Test
  void theReplyIsServedWithTheRecordedTokensAndTimes() throws RefusedException {
    Reply reply = progress.reply(thinking(0, 0, alternating(ONE)));

    assertThat(reply.promptTokens()).isEqualTo(OptionalInt.of(100));
    assertThat(reply.completionTokens()).isEqualTo(10);
    assertThat(reply.latency()).contains(new LatencyModel(0.4, 0.0007, 0.0525));
    assertThat(reply.limited()).isFalse();
  }

  @Test
  void thinkingBeyondTheRecordedIsAnsweredWaitAndCounted() throws RefusedException {
    send(thinking(0, 0, alternating(ONE)));
    send(thinking(0, 1, alternating(ONE, FIRST, TWO)));

    Reply surplus = progress.reply(thinking(0, 2, alternating(ONE, FIRST, TWO, SECOND, THREE)));
    surplus.delivery().completed();

    assertThat(surplus.text()).isEqualTo("action wait.");
    assertThat(surplus.completionTokens()).isLessThan(6);
    assertThat(progress.counts().surplusInferences()).isEqualTo(1);
    assertThat(send(answer(0, 3, alternating(ONE, FIRST, TWO, SECOND, THREE)))).isEqualTo(ANSWER);
  }

  @Test
  void aStepThatIsAskedForAgainGetsTheSameReplyAndCountsOnce() throws RefusedException {
    assertThat(send(thinking(0, 0, alternating(ONE)))).isEqualTo(FIRST);
    assertThat(send(thinking(0, 0, alternating(ONE)))).isEqualTo(FIRST);
    assertThat(send(thinking(0, 1, alternating(ONE, FIRST, TWO)))).isEqualTo(SECOND);
    assertThat(send(thinking(0, 0, alternating(ONE)))).isEqualTo(FIRST);
    assertThat(progress.counts().servedInferences()).isEqualTo(2);
  }

  @Test
  void aReplyThatWasNotSentToTheEndIsServedToTheNextStep() throws RefusedException {
    Reply cut = progress.reply(thinking(0, 0, alternating(ONE)));
    assertThat(cut.text()).isEqualTo(FIRST);

    assertThat(send(thinking(0, 1, alternating(ONE + TWO)))).isEqualTo(FIRST);
    assertThat(send(answer(0, 2, alternating(ONE + TWO, FIRST, THREE)))).isEqualTo(ANSWER);
    assertThat(progress.counts()).isEqualTo(new RecordedCounts(1, 0, 1, 1, List.of()));
  }

  @Test
  void aLastWriteThatFailedDoesNotCountAsServed() throws RefusedException {
    Reply lost = progress.reply(thinking(0, 0, alternating(ONE)));
    lost.delivery().completed();
    lost.delivery().failed();

    assertThat(progress.counts().servedInferences()).isZero();
    assertThat(send(answer(0, 1, alternating(ONE + TWO + THREE)))).isEqualTo(ANSWER);
  }

  @Test
  void aRecordedWaitLeavesNoMessage() throws RefusedException {
    RecordedProgress waiting =
        new RecordedProgress(
            new RecordedSession(
                List.of(
                    new RecordedTurn(
                        ONE + TWO, List.of(reply("action wait.")), reply(ANSWER), false))));
    waiting.reply(thinking(0, 0, alternating(ONE))).delivery().completed();

    assertThat(waiting.reply(answer(0, 1, alternating(ONE + TWO))).text()).isEqualTo(ANSWER);
  }

  @Test
  void userTextThatIsNotTheRecordedPromptIsRefused() {
    assertThat(broken(thinking(0, 0, alternating("Rivers flew. "))))
        .isEqualTo(RecordedRule.SEGMENT);
    assertThat(broken(thinking(0, 0, alternating("")))).isEqualTo(RecordedRule.SEGMENT);
    assertThat(broken(answer(0, 0, alternating(ONE + TWO)))).isEqualTo(RecordedRule.SEGMENT);
    assertThat(broken(answer(0, 0, alternating(ONE + THREE)))).isEqualTo(RecordedRule.SEGMENT);
    assertThat(broken(answer(0, 0, alternating(ONE + TWO + THREE + " "))))
        .isEqualTo(RecordedRule.SEGMENT);
    assertThat(progress.counts().violations()).hasSize(5);
  }

  @Test
  void anAnswerWithoutAnInferenceThatWasServedIsRefused() throws RefusedException {
    thinkTwice();

    assertThat(broken(answer(0, 2, alternating(ONE, FIRST, TWO + THREE))))
        .isEqualTo(RecordedRule.MEMORY);
    assertThat(broken(answer(0, 2, alternating(ONE, FIRST, TWO, SECOND + " ", THREE))))
        .isEqualTo(RecordedRule.MEMORY);
    assertThat(broken(answer(0, 2, alternating(ONE, FIRST, TWO, SECOND, THREE, "Mine."))))
        .isEqualTo(RecordedRule.MEMORY);
  }

  @Test
  void inferencesInAnotherOrderAreRefused() throws RefusedException {
    thinkTwice();

    assertThat(broken(answer(0, 2, alternating(ONE, SECOND, TWO, FIRST, THREE))))
        .isEqualTo(RecordedRule.ORDER);
  }

  @Test
  void anInferenceThatNobodyServedIsRefusedInAThinkingCall() {
    assertThat(broken(thinking(0, 0, alternating(ONE, FIRST, TWO)))).isEqualTo(RecordedRule.MEMORY);
  }

  @Test
  void whereARunningInferenceIsCancelledOnlyTheLastOneMayBeMissing() throws RefusedException {
    RecordedProgress cancelling = progress(true);
    cancelling.reply(thinking(0, 0, alternating(ONE))).delivery().completed();
    cancelling.reply(thinking(0, 1, alternating(ONE, FIRST, TWO))).delivery().completed();

    ChatCall lastMissing = answer(0, 2, alternating(ONE, FIRST, TWO + THREE));
    ChatCall none = answer(0, 2, alternating(ONE, FIRST, TWO, SECOND, THREE));
    ChatCall firstMissing = answer(0, 2, alternating(ONE + TWO, SECOND, THREE));

    assertThat(cancelling.reply(lastMissing).text()).isEqualTo(ANSWER);
    assertThat(cancelling.reply(none).text()).isEqualTo(ANSWER);
    assertThat(broken(cancelling, firstMissing)).isEqualTo(RecordedRule.MEMORY);
  }

  @Test
  void theLastOneMayNotBeMissingWhereARunningInferenceIsWaitedFor() throws RefusedException {
    thinkTwice();

    assertThat(broken(answer(0, 2, alternating(ONE, FIRST, TWO + THREE))))
        .isEqualTo(RecordedRule.MEMORY);
  }

  @Test
  void aCallThatDoesNotSayWhatItIsIsRefused() {
    ChatCall whole = thinking(0, 0, alternating(ONE));
    ChatCall anonymous =
        new ChatCall(
            new OpenAiWire(),
            0,
            whole.model(),
            whole.messages(),
            true,
            true,
            OptionalInt.empty(),
            0,
            whole.session(),
            whole.turn(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            0);

    assertThat(broken(anonymous)).isEqualTo(RecordedRule.HEADERS);
    assertThat(broken(thinking(1, 0, alternating(ONE)))).isEqualTo(RecordedRule.HEADERS);
  }

  @Test
  void violationsAreKeptUpToTheirLimitAndHoldNoTextOfTheConversation() {
    for (int i = 0; i < RecordedCounts.VIOLATION_LIMIT + 5; i++)
      broken(thinking(0, i, alternating("Secret")));

    List<RecordedCounts.Violation> kept = progress.counts().violations();
    assertThat(kept).hasSize(RecordedCounts.VIOLATION_LIMIT);
    assertThat(kept.getFirst().rule()).isEqualTo(RecordedRule.SEGMENT);
    assertThat(kept.getFirst().reason()).contains("6 UTF-16 units").doesNotContain("Secret");
  }

  private static RecordedProgress progress(boolean mayMissLast) {
    List<RecordedReply> inferences = List.of(reply(FIRST), reply(SECOND));
    return new RecordedProgress(
        new RecordedSession(
            List.of(new RecordedTurn(ONE + TWO + THREE, inferences, reply(ANSWER), mayMissLast))));
  }

  private void thinkTwice() throws RefusedException {
    send(thinking(0, 0, alternating(ONE)));
    send(thinking(0, 1, alternating(ONE, FIRST, TWO)));
  }

  private String send(ChatCall call) throws RefusedException {
    Reply reply = progress.reply(call);
    reply.delivery().completed();
    return reply.text();
  }

  private RecordedRule broken(ChatCall call) {
    return broken(progress, call);
  }

  private static RecordedRule broken(RecordedProgress progress, ChatCall call) {
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> progress.reply(call));
    assertThat(refused).as("must be refused").isNotNull();
    assertThat(refused.error().status()).isEqualTo(422);
    RecordedRule rule = progress.counts().violations().getLast().rule();
    assertThat(refused.error().code()).contains(rule.code());
    return rule;
  }
}
