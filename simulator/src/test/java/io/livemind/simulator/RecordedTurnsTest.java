package io.livemind.simulator;

import static io.livemind.simulator.Calls.alternating;
import static io.livemind.simulator.Calls.answer;
import static io.livemind.simulator.Calls.reply;
import static io.livemind.simulator.Calls.thinking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.livemind.schemas.AnswerCue;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sessions of several turns, and prompts that were edited. */
class RecordedTurnsTest {
  private static final String THOUGHT = "action inference. A greeting.";
  private static final String CUE = AnswerCue.text(Optional.of("One word."));

  @Test
  void aLaterTurnHoldsTheEarlierOneAsItWasSent() throws RefusedException {
    RecordedProgress progress = twoTurns();
    send(progress, thinking(0, 0, alternating("Hello. ")));
    send(progress, answer(0, 1, alternating("Hello. ", THOUGHT, "You?")));

    List<ChatMessage> history = alternating("Hello. ", THOUGHT, "You?" + CUE, "Fine.", "Good.");
    assertThat(send(progress, thinking(1, 0, history))).isEqualTo("action inference. Glad.");
    assertThat(
            send(
                progress,
                answer(
                    1,
                    1,
                    alternating(
                        "Hello. ",
                        THOUGHT,
                        "You?" + CUE,
                        "Fine.",
                        "Good.",
                        "action inference. Glad.",
                        " Bye."))))
        .isEqualTo("Bye!");
    assertThat(progress.counts()).isEqualTo(new RecordedCounts(2, 0, 0, 2, List.of()));
  }

  @Test
  void aLaterTurnWithoutTheEarlierOneOrWithADamagedOneIsRefused() throws RefusedException {
    RecordedProgress progress = twoTurns();
    send(progress, thinking(0, 0, alternating("Hello. ")));
    send(progress, answer(0, 1, alternating("Hello. ", THOUGHT, "You?")));

    assertThat(broken(progress, alternating("Good."))).isEqualTo(RecordedRule.SEGMENT);
    assertThat(broken(progress, alternating("Hello. ", THOUGHT, "You?", "Bad.", "Good.")))
        .isEqualTo(RecordedRule.SEGMENT);
    assertThat(broken(progress, alternating("Hello. You?", "Fine.", "Good.")))
        .isEqualTo(RecordedRule.MEMORY);
    assertThat(broken(progress, alternating("Hello. ", THOUGHT, "You?")))
        .isEqualTo(RecordedRule.HISTORY);
  }

  @Test
  void anEditDropsWhatWasConcludedFromTheEditedTextAndNothingElse() throws RefusedException {
    String one = "action inference. One.";
    String two = "action inference. Two.";
    String three = "action inference. Three.";
    var turn =
        new RecordedTurn(
            "First. Second. End.",
            List.of(reply(one), reply(two), reply(three)),
            reply("Done."),
            false,
            List.of("First. Sekond. "));
    var progress = new RecordedProgress(new RecordedSession(List.of(turn)));
    send(progress, thinking(0, 0, alternating("First. ")));
    send(progress, thinking(0, 1, alternating("First. ", one, "Sekond. ")));
    send(progress, thinking(0, 2, alternating("First. ", one, "Second. ")));

    assertThat(broken(progress, answer(0, 3, alternating("First. ", one, "Second. ", two, "End."))))
        .as("a conclusion from deleted text")
        .isEqualTo(RecordedRule.MEMORY);
    assertThat(broken(progress, answer(0, 3, alternating("First. Second. ", three, "End."))))
        .as("the one before the edit is missing")
        .isEqualTo(RecordedRule.MEMORY);
    assertThat(broken(progress, answer(0, 3, alternating("First. ", one, "Second. End."))))
        .as("the one after the edit is missing")
        .isEqualTo(RecordedRule.MEMORY);
    assertThat(send(progress, answer(0, 3, alternating("First. ", one, "Second. ", three, "End."))))
        .isEqualTo("Done.");
  }

  @Test
  void aThinkingCallMayShowADraftButAnAnswerMayNot() throws RefusedException {
    var turn =
        new RecordedTurn("The cat.", List.of(), reply("Meow."), false, List.of("The dog. It"));
    var progress = new RecordedProgress(new RecordedSession(List.of(turn)));

    assertThat(send(progress, thinking(0, 0, alternating("The dog. ")))).isEqualTo("action wait.");
    assertThat(broken(progress, thinking(0, 1, alternating("The cow. "))))
        .isEqualTo(RecordedRule.SEGMENT);
    assertThat(broken(progress, answer(0, 1, alternating("The dog. It"))))
        .isEqualTo(RecordedRule.SEGMENT);
  }

  private static RecordedProgress twoTurns() {
    return new RecordedProgress(
        new RecordedSession(
            List.of(
                new RecordedTurn("Hello. You?", List.of(reply(THOUGHT)), reply("Fine."), false),
                new RecordedTurn(
                    "Good. Bye.",
                    List.of(reply("action inference. Glad.")),
                    reply("Bye!"),
                    false))));
  }

  private static String send(RecordedProgress progress, ChatCall call) throws RefusedException {
    Reply reply = progress.reply(call);
    reply.delivery().completed();
    return reply.text();
  }

  private static RecordedRule broken(RecordedProgress progress, List<ChatMessage> messages) {
    return broken(progress, thinking(1, 0, messages));
  }

  private static RecordedRule broken(RecordedProgress progress, ChatCall call) {
    assertThat(catchThrowableOfType(RefusedException.class, () -> progress.reply(call)))
        .as("must be refused")
        .isNotNull();
    return progress.counts().violations().getLast().rule();
  }
}
