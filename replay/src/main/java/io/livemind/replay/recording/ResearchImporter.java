package io.livemind.replay.recording;

import io.livemind.replay.recording.Recording.Question;
import io.livemind.replay.recording.Recording.Turn;
import io.livemind.replay.recording.TypingEvent.Bounded;
import io.livemind.replay.recording.TypingEvent.Submitted;
import io.livemind.replay.recording.TypingEvent.Typed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes recordings of the published results of the LiveMind experiments: JSON lines, one
 * multiple-choice question each, plain or gzip.
 *
 * <p>Typing follows the authors: 0.25 s a character. The question goes out word by word and ends
 * with a boundary; the options are typed too, but arrive in one piece together with the submit.
 *
 * <p>Threading: stateless.
 */
public final class ResearchImporter {
  /** 240 characters a minute, as in the paper. */
  public static final double SECONDS_PER_CHARACTER = 0.25;

  private static final WordTyping TYPING = new WordTyping(SECONDS_PER_CHARACTER);
  private static final int MOST_OPTIONS = 26;

  private ResearchImporter() {}

  /**
   * Reads on from a line that was taken already.
   *
   * @param bad is told of each line that is wrong, and may throw
   */
  static List<Recording> read(
      Lines lines, Optional<String> first, Consumer<RecordingException> bad) {
    var recordings = new ArrayList<Recording>();
    var line = first;
    while (line.isPresent()) {
      try {
        recordings.add(recording(JsonLine.parse(line.get())));
      } catch (IllegalArgumentException e) {
        bad.accept(lines.bad(String.valueOf(e.getMessage())));
      }
      line = lines.nextGood(bad);
    }
    if (recordings.isEmpty()) throw lines.bad("the file holds no recording");
    return recordings;
  }

  private static Recording recording(JsonLine json) {
    int id = json.field("question_id").integer();
    String category = json.field("category").text();
    var question = new Question(category, json.field("answer").text());
    String asked = json.field("question").text();
    if (asked.isBlank()) throw new IllegalArgumentException("question must not be blank");
    List<TypingEvent> typing = typing(asked, options(json));
    var turn = new Turn(0, typing, Optional.of(question), arms(json.field("arms")));
    return new Recording("question-" + id, category + " " + id, "en", List.of(turn));
  }

  /** What is typed behind the question, from the space that separates them on. */
  private static String options(JsonLine json) {
    List<JsonLine> options = json.field("options").elements();
    if (options.isEmpty() || options.size() > MOST_OPTIONS)
      throw new IllegalArgumentException(
          "options must be 1 to " + MOST_OPTIONS + ", are " + options.size());
    var text = new StringBuilder(" Options are:\n");
    for (int i = 0; i < options.size(); i++)
      text.append('(')
          .append((char) ('A' + i))
          .append("): ")
          .append(options.get(i).text())
          .append('\n');
    return text.toString();
  }

  private static List<TypingEvent> typing(String question, String options) {
    double asked = TYPING.secondsFor(question);
    double submitted = asked + TYPING.secondsFor(options);
    var events = new ArrayList<TypingEvent>(TYPING.type(question, 0));
    events.add(new Bounded(asked));
    events.add(new Typed(submitted, options));
    events.add(new Submitted(submitted));
    return events;
  }

  private static Map<String, ArmOutputs> arms(JsonLine arms) {
    var outputs = new HashMap<String, ArmOutputs>();
    for (var names = arms.node().fieldNames(); names.hasNext(); ) {
      String name = names.next();
      JsonLine arm = arms.field(name);
      var replies = arm.optional("steps");
      outputs.put(
          name, replies.isPresent() ? ResearchSteps.outputs(arm, replies.get()) : counted(arm));
    }
    return outputs;
  }

  /** An arm of which the tokens of each call were kept, and the text of the answer. */
  private static ArmOutputs counted(JsonLine arm) {
    List<JsonLine> prompts = arm.field("prompt_tokens").elements();
    List<JsonLine> completions = arm.field("completion_tokens").elements();
    if (prompts.isEmpty() || prompts.size() != completions.size())
      throw new IllegalArgumentException(
          "prompt_tokens and completion_tokens must have the same number of calls, at least 1; have "
              + prompts.size()
              + " and "
              + completions.size());
    int answer = prompts.size() - 1;
    var inferences = new ArrayList<ModelReply>();
    for (int i = 0; i < answer; i++)
      inferences.add(
          new ModelReply(Optional.empty(), prompts.get(i).integer(), completions.get(i).integer()));
    var answerReply =
        ModelReply.of(
            arm.field("answer_text").text(),
            prompts.get(answer).integer(),
            completions.get(answer).integer());
    return new ArmOutputs(inferences, answerReply, Optional.of(figures(arm)));
  }

  static RecordedFigures figures(JsonLine arm) {
    return new RecordedFigures(
        arm.field("latency_s").seconds(),
        arm.field("generation_s").seconds(),
        arm.field("overhead_s").seconds(),
        arm.optional("correct").map(JsonLine::truth));
  }
}
