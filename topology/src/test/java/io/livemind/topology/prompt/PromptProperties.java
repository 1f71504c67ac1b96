package io.livemind.topology.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.AnswerCue;
import io.livemind.schemas.TemplateTokens;
import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Mode;
import io.livemind.schemas.avro.Role;
import io.livemind.schemas.avro.SessionOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds for any session, whatever its users and models write. */
class PromptProperties {
  private static final String[] PIECES = {
    "Why ",
    "is ",
    "x < 3? ",
    "[1] ",
    "日本。",
    "👩‍🚀 ",
    "\n\n",
    "<|",
    "im_",
    "start",
    "|>",
    "<",
    "/s",
    ">",
    "[",
    "INST",
    "]",
    "]~",
    "!b",
    "[The prompt is ",
    "complete. Answer it now",
    ".]",
    "<｜User",
    "｜>",
    "action inference. ",
    "Prompt: ",
    "\u200b"
  };

  /** One call of a session, and what its turn's user had typed by then. */
  private record Call(
      List<Message> messages, List<Message> ofTurn, String prompt, boolean answer) {}

  @Property(tries = 400)
  void aCallBeginsWithTheOneBeforeItByteForByte(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int steps) {
    List<Call> calls = play(layout(io.livemind.schemas.avro.PromptLayout.APPEND_ONLY), seed, steps);

    for (int i = 1; i < calls.size(); i++) {
      String before = upToLastUserContent(calls.get(i - 1));
      assertThat(rendered(calls.get(i).messages())).startsWith(before);
    }
  }

  @Property(tries = 400)
  void userMessagesJoinedAreTheNeutralisedPrompt(
      @ForAll Shape shape, @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int steps) {
    for (Call call : play(shape.layout(), seed, steps)) {
      String typed =
          call.ofTurn().stream()
              .filter(message -> message.getRole() == Role.USER)
              .map(message -> AnswerCue.strip(message.getContent()))
              .collect(Collectors.joining());

      assertThat(typed).isEqualTo(TemplateTokens.neutralise(call.prompt()));
    }
  }

  @Property(tries = 200)
  void aLayoutOfOneMessageHoldsTheWholePrompt(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int steps) {
    for (Call call : play(layout(io.livemind.schemas.avro.PromptLayout.U_PI), seed, steps)) {
      assertThat(call.ofTurn()).hasSize(1);
      assertThat(call.ofTurn().getFirst().getContent())
          .contains(TemplateTokens.neutralise(call.prompt()));
    }
  }

  @Property(tries = 400)
  void noMessageOfAUserOrAModelHoldsAMarker(
      @ForAll io.livemind.schemas.avro.PromptLayout layout,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int steps) {
    for (Call call : play(layout(layout), seed, steps)) {
      for (Message message : call.messages()) {
        boolean user = message.getRole() == Role.USER;
        String text = user ? AnswerCue.strip(message.getContent()) : message.getContent();
        assertThat(TemplateTokens.neutralise(text)).isEqualTo(text);
      }
    }
  }

  /** Layouts that keep user text in messages of its own. */
  enum Shape {
    APPEND_ONLY,
    UA_PIL,
    UA_SPI,
    CONVENTIONAL;

    PromptLayout layout() {
      if (this == CONVENTIONAL)
        return PromptLayouts.of(SessionOptions.newBuilder().setMode(Mode.CONVENTIONAL).build());
      return PromptProperties.layout(io.livemind.schemas.avro.PromptLayout.valueOf(name()));
    }
  }

  private static PromptLayout layout(io.livemind.schemas.avro.PromptLayout layout) {
    return PromptLayouts.of(SessionOptions.newBuilder().setLayout(layout).build());
  }

  /**
   * Types, thinks, waits, loses calls and submits at random; a reply may come after more was typed.
   */
  private static List<Call> play(PromptLayout layout, long seed, int steps) {
    var random = new Random(seed);
    var session = new TypedSession(layout, Optional.of("Be kind."), format(random));
    boolean thinks = !(layout instanceof ConventionalLayout);
    List<Call> calls = new ArrayList<>();
    int looked = 0;
    for (int step = 0; step < steps; step++) {
      switch (random.nextInt(4)) {
        case 0, 1 -> session.types(text(random));
        case 2 -> {
          if (!thinks || session.segments() == looked) continue;
          calls.add(call(session, session.thinking(), false));
          looked = session.segments();
          if (random.nextBoolean()) session.types(text(random));
          if (random.nextInt(3) > 0) session.concludes("action inference. " + text(random), looked);
        }
        default -> {
          if (session.segments() == 0) continue;
          calls.add(call(session, session.answer(), true));
          session.answered(text(random));
          looked = 0;
        }
      }
    }
    return calls;
  }

  private static Optional<String> format(Random random) {
    return random.nextBoolean() ? Optional.of("One letter.") : Optional.empty();
  }

  private static Call call(TypedSession session, List<Message> messages, boolean answer) {
    return new Call(messages, session.turnOf(messages), session.prompt(), answer);
  }

  /** A segment is never empty. */
  private static String text(Random random) {
    var text = new StringBuilder();
    int pieces = 1 + random.nextInt(6);
    for (int i = 0; i < pieces; i++) text.append(PIECES[random.nextInt(PIECES.length)]);
    return text.toString();
  }

  /** As a chat template would write it; what ends a message is written when the next one begins. */
  private static String rendered(List<Message> messages) {
    return messages.stream()
        .map(message -> "\u0001" + message.getRole() + "\u0002" + message.getContent())
        .collect(Collectors.joining());
  }

  private static String upToLastUserContent(Call call) {
    Message last = call.messages().getLast();
    assertThat(last.getRole()).isEqualTo(Role.USER);
    String tail = last.getContent().substring(AnswerCue.strip(last.getContent()).length());
    String all = rendered(call.messages());
    return call.answer() ? all : all.substring(0, all.length() - tail.length());
  }
}
