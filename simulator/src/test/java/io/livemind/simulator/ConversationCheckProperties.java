package io.livemind.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A pipeline that keeps to the rules is served to the end; any single damage is noticed. */
class ConversationCheckProperties {

  @Property
  void aConversationThatIsCarriedWholeIsNeverRefused(
      @ForAll @IntRange(max = 8) int segments, @ForAll long seed) throws RefusedException {
    var play = new Play(segments, seed);

    play.think();

    assertThat(play.progress.reply(Calls.answer(0, segments, play.answerMessages())).text())
        .isEqualTo("The answer.");
  }

  @Property
  void anySingleDamageToAnAnswerCallIsRefused(
      @ForAll @IntRange(min = 1, max = 8) int segments,
      @ForAll long seed,
      @ForAll @IntRange(max = 3) int kindOfDamage)
      throws RefusedException {
    var play = new Play(segments, seed);
    play.think();
    List<ChatMessage> whole = play.answerMessages();
    var damaged = new ArrayList<>(whole);
    int at = (int) Long.remainderUnsigned(Mix.of(seed, 9), damaged.size());
    ChatMessage hit = damaged.get(at);
    switch (kindOfDamage) {
      case 0 -> damaged.remove(at);
      case 1 -> damaged.set(at, new ChatMessage(hit.role(), hit.content() + "x"));
      case 2 -> damaged.add(at, hit);
      default -> damaged.set(at, new ChatMessage(hit.role(), hit.content().substring(1)));
    }
    Assume.that(!damaged.isEmpty());

    boolean refused = false;
    try {
      play.progress.reply(Calls.answer(0, segments, damaged));
    } catch (RefusedException broken) {
      refused = true;
    }

    assertThat(refused).isTrue();
  }

  /** A pipeline in small: thinks after each segment, some thoughts are waits. */
  private static final class Play {
    private final List<String> segments = new ArrayList<>();
    private final List<RecordedReply> inferences = new ArrayList<>();
    private final RecordedProgress progress;
    private final List<ChatMessage> conversation = new ArrayList<>();
    private String unread = "";

    Play(int count, long seed) {
      var random = new SplittableRandom(seed);
      for (int i = 0; i < count; i++) {
        segments.add("Segment " + i + " says " + random.nextInt(10) + ". ");
        boolean waits = random.nextInt(3) == 0;
        inferences.add(Calls.reply(waits ? "action wait." : "action inference. Thought " + i));
      }
      String prompt = String.join("", segments) + "The end";
      var turn = new RecordedTurn(prompt, inferences, Calls.reply("The answer."), false);
      progress = new RecordedProgress(new RecordedSession(List.of(turn)));
    }

    void think() throws RefusedException {
      for (int step = 0; step < segments.size(); step++) {
        unread += segments.get(step);
        var messages = new ArrayList<>(conversation);
        messages.add(ChatMessage.user(unread));
        Reply reply = progress.reply(Calls.thinking(0, step, messages));
        assertThat(reply.text()).isEqualTo(inferences.get(step).text());
        reply.delivery().completed();
        if (!RecordedMemory.kept(reply.text())) continue;
        conversation.add(ChatMessage.user(unread));
        conversation.add(ChatMessage.assistant(reply.text()));
        unread = "";
      }
    }

    List<ChatMessage> answerMessages() {
      var messages = new ArrayList<>(conversation);
      messages.add(ChatMessage.user(unread + "The end"));
      return messages;
    }
  }
}
