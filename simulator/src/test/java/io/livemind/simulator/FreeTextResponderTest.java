package io.livemind.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.ActionReply;
import io.livemind.schemas.AnswerCue;
import io.livemind.schemas.avro.Action;
import io.livemind.schemas.avro.ActionSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FreeTextResponderTest {
  private final FreeTextResponder responder = new FreeTextResponder(1);

  @Test
  void aThoughtIsAnAllowedActionAndLabelledAsSimulated() {
    String thought =
        responder
            .reply(Calls.thinking(0, 0, Calls.alternating("The glacier melts quickly. ")))
            .text();

    assertThat(ActionReply.parse(thought, ActionSet.SIMPLE))
        .hasValueSatisfying(
            reply -> {
              assertThat(reply.action()).isEqualTo(Action.INFERENCE);
              assertThat(reply.text()).startsWith(FreeTextResponder.LABEL).contains("glacier");
            });
  }

  @Test
  void tooLittleTextIsAnsweredWait() {
    assertThat(responder.reply(Calls.thinking(0, 0, Calls.alternating("Oh, so "))).text())
        .isEqualTo("action wait.");
  }

  @Test
  void anAnswerIsLabelledRepeatsThePromptAndCountsItsInferences() {
    String answer =
        responder
            .reply(
                Calls.answer(
                    0,
                    1,
                    Calls.alternating(
                        "Glaciers melt. ", "action inference. [simulated] x", "Why is that?")))
            .text();

    assertThat(answer)
        .startsWith(FreeTextResponder.LABEL)
        .contains("“Glaciers melt. Why is that?”")
        .contains("2 sentences")
        .contains("1 conclusion had");
  }

  @Test
  void withoutInferencesAnAnswerWorksThePromptOutAndIsLonger() {
    String prompt = "Glaciers melt in the heat. Rivers rise in the valleys. Who builds the dams?";
    String live =
        responder
            .reply(Calls.answer(0, 1, Calls.alternating(prompt, "action inference. x", "Please.")))
            .text();

    String conventional = responder.reply(Calls.answer(1, 0, Calls.alternating(prompt))).text();

    assertThat(conventional).contains("Step 3: “Who builds the dams” is read");
    assertThat(conventional.length()).isGreaterThan(live.length() + 100);
  }

  @Test
  void anAnswerSpeaksOfItsOwnTurnOnly() {
    String answer =
        responder
            .reply(
                Calls.answer(
                    1, 0, Calls.alternating("Glaciers melt.", "[simulated] Yes.", "And rivers?")))
            .text();

    assertThat(answer).contains("“And rivers?”").contains("Nothing was concluded");
  }

  @Test
  void theSameCallAndSeedGiveTheSameReplyAndOtherSeedsDiffer() {
    ChatCall call = Calls.answer(0, 0, Calls.alternating("Glaciers melt. Why?"));

    assertThat(new FreeTextResponder(1).reply(call).text())
        .isEqualTo(new FreeTextResponder(1).reply(call).text());
    assertThat(
            List.of(1, 2, 3, 4, 5, 6).stream()
                .map(seed -> new FreeTextResponder(seed).reply(call).text())
                .distinct())
        .hasSizeGreaterThan(1);
  }

  @Test
  void withoutHeadersACallThinksOnlyIfItsSystemMessageExplainsTheActions() {
    ChatCall plain = withoutHeaders("You are a helpful assistant.", "What do glaciers do?");
    ChatCall thinking = withoutHeaders("Reply `action wait.` or …", "What do glaciers do?");
    ChatCall cued =
        withoutHeaders("Reply `action wait.` or …", "Why?" + AnswerCue.text(Optional.empty()));

    assertThat(plain.kind()).isEqualTo(CallKind.ANSWER);
    assertThat(thinking.kind()).isEqualTo(CallKind.INFERENCE);
    assertThat(cued.kind()).isEqualTo(CallKind.ANSWER);
  }

  private static ChatCall withoutHeaders(String system, String user) {
    return new ChatCall(
        new OpenAiWire(),
        0,
        "m",
        List.of(new ChatMessage(ChatMessage.Role.SYSTEM, system), ChatMessage.user(user)),
        true,
        false,
        OptionalInt.empty(),
        0,
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        0);
  }
}
