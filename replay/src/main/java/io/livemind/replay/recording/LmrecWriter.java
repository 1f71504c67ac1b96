package io.livemind.replay.recording;

import static io.livemind.replay.recording.LmrecFormat.ANSWER;
import static io.livemind.replay.recording.LmrecFormat.BOUNDARY;
import static io.livemind.replay.recording.LmrecFormat.EDITED;
import static io.livemind.replay.recording.LmrecFormat.ERROR;
import static io.livemind.replay.recording.LmrecFormat.INFERENCE;
import static io.livemind.replay.recording.LmrecFormat.SEGMENT;
import static io.livemind.replay.recording.LmrecFormat.SUBMIT;
import static io.livemind.replay.recording.LmrecFormat.TURN;
import static io.livemind.replay.recording.LmrecFormat.TYPED;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemind.replay.recording.Recording.Turn;
import io.livemind.replay.recording.TypingEvent.Bounded;
import io.livemind.replay.recording.TypingEvent.Edited;
import io.livemind.replay.recording.TypingEvent.Submitted;
import io.livemind.replay.recording.TypingEvent.Typed;
import io.livemind.schemas.TextHash;
import java.util.OptionalDouble;

/**
 * Writes the project's own format. What {@link LmrecReader} reads of it is equal to what was
 * written, and the same recording always gives the same bytes.
 *
 * <p>Threading: stateless.
 */
public final class LmrecWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private LmrecWriter() {}

  /** The lines of a recording, each with its line feed. */
  public static String write(Recording recording) {
    var lines = new StringBuilder();
    ObjectNode header = JSON.objectNode();
    header.put(LmrecFormat.VERSION_KEY, LmrecFormat.VERSION);
    header.put("id", recording.id());
    header.put("title", recording.title());
    header.put("language", recording.language());
    lines.append(header).append('\n');
    recording.turns().forEach(turn -> write(turn, lines));
    return lines.toString();
  }

  private static void write(Turn turn, StringBuilder lines) {
    ObjectNode question = JSON.objectNode();
    turn.question()
        .ifPresent(
            known ->
                question
                    .put("category", known.category())
                    .put("answerLetter", known.answerLetter()));
    line(JSON.numberNode(turn.pauseSeconds()), TURN, question, lines);
    turn.typing().forEach(event -> write(event, turn.prompt(), lines));
    turn.outputs().forEach((arm, outputs) -> write(arm, outputs, lines));
    turn.errors().forEach((arm, error) -> write(arm, error, lines));
  }

  private static void write(TypingEvent event, String prompt, StringBuilder lines) {
    JsonNode seconds = JSON.numberNode(event.seconds());
    switch (event) {
      case Typed typed -> line(seconds, TYPED, JSON.textNode(typed.text()), lines);
      case Edited edited -> {
        ObjectNode data = JSON.objectNode();
        data.put("position", edited.position());
        data.put("deletedLength", edited.deletedLength());
        data.put("text", edited.text());
        line(seconds, EDITED, data, lines);
      }
      case Bounded ignored -> line(seconds, BOUNDARY, JSON.nullNode(), lines);
      case Submitted ignored -> {
        ObjectNode data = JSON.objectNode();
        data.put("length", prompt.length());
        data.put("hash", LmrecFormat.hex(TextHash.of(prompt)));
        line(seconds, SUBMIT, data, lines);
      }
    }
  }

  private static void write(String arm, ArmOutputs outputs, StringBuilder lines) {
    for (RecordedSegment segment : outputs.segments()) {
      ObjectNode data = JSON.objectNode().put("arm", arm).put("text", segment.text());
      line(seconds(segment.seconds()), SEGMENT, data, lines);
    }
    for (ModelReply reply : outputs.inferences())
      line(seconds(reply.seconds()), INFERENCE, reply(arm, reply), lines);
    ObjectNode answer = reply(arm, outputs.answer());
    outputs.figures().ifPresent(figures -> answer.set("figures", figures(figures)));
    line(seconds(outputs.answer().seconds()), ANSWER, answer, lines);
  }

  private static void write(String arm, RecordedError error, StringBuilder lines) {
    ObjectNode data = JSON.objectNode().put("arm", arm).put("code", error.code());
    line(seconds(error.seconds()), ERROR, data, lines);
  }

  private static JsonNode seconds(OptionalDouble moment) {
    return moment.isPresent() ? JSON.numberNode(moment.getAsDouble()) : JSON.nullNode();
  }

  private static ObjectNode reply(String arm, ModelReply reply) {
    ObjectNode data = JSON.objectNode();
    data.put("arm", arm);
    reply.recordedText().ifPresent(text -> data.put("text", text));
    data.put("promptTokens", reply.promptTokens());
    data.put("completionTokens", reply.completionTokens());
    return data;
  }

  private static ObjectNode figures(RecordedFigures figures) {
    ObjectNode data = JSON.objectNode();
    data.put("latencySeconds", figures.latencySeconds());
    data.put("generationSeconds", figures.generationSeconds());
    data.put("overheadSeconds", figures.overheadSeconds());
    figures.correct().ifPresent(correct -> data.put("correct", correct));
    return data;
  }

  private static void line(JsonNode seconds, String code, JsonNode data, StringBuilder lines) {
    ArrayNode event = JSON.arrayNode(3).add(seconds).add(code).add(data);
    lines.append(event).append('\n');
  }
}
