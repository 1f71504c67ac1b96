package io.livemind.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemind.client.SessionEvent.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * A prompt that the pipeline does not take: what becomes of it, and of what was typed behind it.
 */
class PromptsTest {
  private static final long WRITER = 1;

  private final List<ObjectNode> sent = new ArrayList<>();
  private final Fragments fragments = new Fragments(sent::add);
  private final Prompts prompts = new Prompts(fragments);

  @Test
  void aRefusedPromptEndsThoseBehindItAndWhatIsTypedTakesItsTurn() {
    CompletableFuture<TurnEnd> first = submit("far too long");
    CompletableFuture<TurnEnd> second = submit("short");
    type("and so on");

    prompts.take(rejected(0, "prompt_too_large", 0));

    var failed = new TurnEnd.Failed("prompt_too_large", "No.");
    assertThat(first).isCompletedWithValue(failed);
    assertThat(second).isCompletedWithValue(failed);
    assertThat(prompts.text()).isEqualTo("and so on");
    assertThat(sent.getLast().toString())
        .contains("\"turn\":0", "\"deletedLength\":2147483647", "\"text\":\"and so on\"");
  }

  /** Each piece of a long prompt is refused for itself, and its submit as well. */
  @Test
  void whatElseWasRefusedOfAPromptDoesNotTouchTheOneThatTakesItsTurn() {
    CompletableFuture<TurnEnd> unused = submit("far too long");
    prompts.take(rejected(0, "prompt_too_large", 0));
    CompletableFuture<TurnEnd> next = submit("short");

    prompts.take(rejected(0, "prompt_too_large", 1));
    int before = sent.size();
    prompts.take(rejected(0, "resync", 1));

    assertThat(next).isNotDone();
    assertThat(sent).hasSize(before);
  }

  /** What stood behind it came for a turn that had not begun, and was not taken either. */
  @Test
  void aPromptThatIsSentAgainTakesThoseBehindItAlong() {
    CompletableFuture<TurnEnd> unused = submit("first");
    unused = submit("second");
    type("third");
    sent.clear();

    prompts.take(rejected(0, "resync", 1));

    assertThat(sent)
        .extracting(each -> each.path("turn") + " " + each.path("kind").asText())
        .containsExactly("0 replace", "0 submit", "1 replace", "1 submit", "2 replace");
  }

  @Test
  void aRefusalOfWhatIsTypedLeavesAnEarlierPromptThatHasToBeSentAgain() {
    CompletableFuture<TurnEnd> first = submit("first");
    type("far too long");
    prompts.refused(2, new TurnEnd.Failed("too_large", "No."), true);
    sent.clear();

    prompts.take(rejected(0, "resync", 1));

    assertThat(first).isNotDone();
    assertThat(sent)
        .extracting(each -> each.path("turn") + " " + each.path("kind").asText())
        .containsExactly("0 replace", "0 submit", "1 replace");
  }

  private CompletableFuture<TurnEnd> submit(String prompt) {
    type(prompt);
    var end = new CompletableFuture<TurnEnd>();
    prompts.submit(end, true);
    return end;
  }

  private void type(String text) {
    var unused = prompts.change(text);
    prompts.send();
  }

  private static Rejected rejected(int turn, String code, long sequence) {
    return new Rejected(turn, code, "No.", WRITER, sequence, sequence);
  }
}
