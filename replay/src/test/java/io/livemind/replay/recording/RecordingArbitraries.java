package io.livemind.replay.recording;

import io.livemind.replay.recording.Recording.Question;
import io.livemind.replay.recording.Recording.Turn;
import io.livemind.replay.recording.TypingEvent.Bounded;
import io.livemind.replay.recording.TypingEvent.Edited;
import io.livemind.replay.recording.TypingEvent.Submitted;
import io.livemind.replay.recording.TypingEvent.Typed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Recordings of every shape that the format has. */
public final class RecordingArbitraries {
  private static final String[] TEXTS = {
    "a", "word ", "\n", "\t\"quoted\" \\", "é", "日本", "😀", "\u2028", "}{][,", "\u0001", "न्"
  };

  private RecordingArbitraries() {}

  public static Arbitrary<Recording> recordings() {
    return Arbitraries.randomValue(RecordingArbitraries::recording);
  }

  private static Recording recording(Random random) {
    var turns = new ArrayList<Turn>();
    for (int i = random.nextInt(3); i >= 0; i--) turns.add(turn(random));
    return new Recording("id" + random.nextInt(99), "t" + text(random), "en", turns);
  }

  private static Turn turn(Random random) {
    var typing = new ArrayList<TypingEvent>();
    var typed = new TypedText();
    double seconds = 0;
    typing.add(new Typed(seconds, "begin "));
    typed.apply(typing.getFirst());
    for (int i = random.nextInt(12); i > 0; i--) {
      seconds += random.nextInt(3) * random.nextDouble();
      TypingEvent event =
          switch (random.nextInt(4)) {
            case 0 -> new Bounded(seconds);
            case 1 -> edit(seconds, typed.text(), random);
            default -> new Typed(seconds, text(random));
          };
      typed.apply(event);
      typing.add(event);
    }
    typing.add(new Submitted(seconds + random.nextDouble()));
    Optional<Question> question =
        random.nextBoolean() ? Optional.of(new Question("law", "B")) : Optional.empty();
    return new Turn(
        random.nextInt(2) * random.nextDouble(), typing, question, outputs(random), errors(random));
  }

  /** Behind the first words, so that the prompt is never blank. */
  private static Edited edit(double seconds, String text, Random random) {
    int start = "begin ".length() + random.nextInt(text.length() - "begin ".length() + 1);
    int end = start + random.nextInt(text.length() - start + 1);
    int from = pairStart(text, start);
    int to = Math.max(from, pairStart(text, end));
    return new Edited(seconds, from, to - from, random.nextBoolean() ? "" : text(random));
  }

  private static int pairStart(String text, int position) {
    boolean inside =
        position > 0
            && position < text.length()
            && Character.isSurrogatePair(text.charAt(position - 1), text.charAt(position));
    return inside ? position - 1 : position;
  }

  private static Map<String, ArmOutputs> outputs(Random random) {
    var outputs = new HashMap<String, ArmOutputs>();
    for (int arm = random.nextInt(3); arm > 0; arm--) {
      var inferences = new ArrayList<ModelReply>();
      for (int i = random.nextInt(3); i > 0; i--) inferences.add(reply(random));
      Optional<RecordedFigures> figures =
          random.nextBoolean() ? Optional.of(figures(random)) : Optional.empty();
      var answer = ModelReply.of(text(random), random.nextInt(500), 1 + random.nextInt(500));
      var segments = new ArrayList<RecordedSegment>();
      for (int i = random.nextInt(3); i > 0; i--)
        segments.add(new RecordedSegment(moment(random), text(random)));
      outputs.put("arm-" + arm, new ArmOutputs(inferences, answer, figures, segments));
    }
    return outputs;
  }

  private static ModelReply reply(Random random) {
    Optional<String> text = random.nextBoolean() ? Optional.of(text(random)) : Optional.empty();
    return new ModelReply(text, random.nextInt(500), 1 + random.nextInt(500), moment(random));
  }

  private static OptionalDouble moment(Random random) {
    return random.nextBoolean()
        ? OptionalDouble.of(random.nextDouble() * 9)
        : OptionalDouble.empty();
  }

  private static Map<String, RecordedError> errors(Random random) {
    return random.nextInt(4) == 0
        ? Map.of("failed", new RecordedError(moment(random), "turn_deadline"))
        : Map.of();
  }

  private static RecordedFigures figures(Random random) {
    double overhead = random.nextDouble();
    Optional<Boolean> correct =
        random.nextBoolean() ? Optional.of(random.nextBoolean()) : Optional.empty();
    return new RecordedFigures(overhead + random.nextDouble(), 3, overhead, correct);
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) text.append(TEXTS[random.nextInt(TEXTS.length)]);
    return text.toString();
  }
}
