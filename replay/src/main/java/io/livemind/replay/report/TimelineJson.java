package io.livemind.replay.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemind.replay.play.TurnResult;
import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.TypingEvent;
import io.livemind.replay.recording.TypingEvent.Bounded;
import io.livemind.replay.recording.TypingEvent.Edited;
import io.livemind.replay.recording.TypingEvent.Submitted;
import io.livemind.replay.recording.TypingEvent.Typed;
import io.livemind.schemas.avro.Cancelled;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.DraftEnded;
import io.livemind.schemas.avro.DraftHeld;
import io.livemind.schemas.avro.DraftStarted;
import io.livemind.schemas.avro.Failed;
import io.livemind.schemas.avro.InferenceDropped;
import io.livemind.schemas.avro.InferenceStarted;
import io.livemind.schemas.avro.Inferred;
import io.livemind.schemas.avro.ModelUsage;
import io.livemind.schemas.avro.Revised;
import io.livemind.schemas.avro.SegmentClosed;
import io.livemind.schemas.avro.Started;
import java.util.Locale;

/**
 * What happened in the turns of a session, with the texts: the prompt as it was typed, segments,
 * model calls, the answer. Seconds count from the first moment of a turn, at the speed of the
 * replay. It is many times larger than the figures, and a part of the HTML report only.
 *
 * <p>Threading: stateless.
 */
final class TimelineJson {
  private static final double NANOS_PER_SECOND = 1e9;

  private TimelineJson() {}

  static ArrayNode of(SessionFigures session, double speed) {
    ArrayNode turns = JsonNodeFactory.instance.arrayNode();
    var recorded = session.play().recording().turns();
    for (TurnResult turn : session.result().turns())
      turns.add(turn(turn, recorded.get(turn.turn()), speed));
    return turns;
  }

  private static ObjectNode turn(TurnResult result, Recording.Turn recorded, double speed) {
    double submitSeconds = recorded.typingSeconds() / speed;
    ObjectNode turn = JsonNodeFactory.instance.objectNode();
    turn.put("prompt", recorded.prompt());
    ArrayNode typing = turn.putArray("typing");
    for (TypingEvent event : recorded.typing())
      typing.addArray().add(event.seconds() / speed).add(length(event));
    turn.put("submitSeconds", submitSeconds);
    result.firstTokenSeconds().ifPresent(at -> turn.put("firstTextSeconds", submitSeconds + at));
    result
        .endNanos()
        .ifPresent(at -> turn.put("endSeconds", submitSeconds + since(result.submitNanos(), at)));
    turn.put("answer", result.finalText());
    result.failure().ifPresent(code -> turn.put("failure", code));
    ArrayNode events = turn.putArray("events");
    for (TurnResult.Seen seen : result.timeline()) {
      ObjectNode event = event(seen.event().getEvent());
      if (event.isEmpty()) continue;
      event.put("seconds", submitSeconds + since(result.submitNanos(), seen.nanos()));
      events.add(event);
    }
    return turn;
  }

  private static double since(long submitNanos, long nanos) {
    return (nanos - submitNanos) / NANOS_PER_SECOND;
  }

  /** UTF-16 units that came; below 0 those that went. */
  private static int length(TypingEvent event) {
    return switch (event) {
      case Typed typed -> typed.text().length();
      case Edited edited -> edited.text().length() - edited.deletedLength();
      case Bounded _, Submitted _ -> 0;
    };
  }

  /** Empty for what the timeline does not show. */
  private static ObjectNode event(Object event) {
    return switch (event) {
      case SegmentClosed segment ->
          named("segment_closed")
              .put("index", segment.getIndex())
              .put("start", segment.getStart())
              .put("end", segment.getEnd())
              .put("closedBy", segment.getClosedBy().name().toLowerCase(Locale.ROOT));
      case Revised revised -> named("revised").put("keptSegments", revised.getKeptSegments());
      case InferenceStarted started ->
          named("inference_started")
              .put("step", started.getStep())
              .put("segments", started.getSegments());
      case Inferred inferred ->
          spent("inferred", inferred.getUsage())
              .put("step", inferred.getStep())
              .put("action", inferred.getAction().name().toLowerCase(Locale.ROOT))
              .put("segments", inferred.getSegments())
              .put("text", inferred.getText());
      case InferenceDropped dropped ->
          named("inference_dropped").put("step", dropped.getStep()).put("code", dropped.getCode());
      case DraftStarted draft -> named("draft_started").put("step", draft.getStep());
      case DraftHeld draft -> named("draft_held").put("step", draft.getStep());
      case DraftEnded draft ->
          spent("draft_ended", draft.getUsage())
              .put("step", draft.getStep())
              .put("released", draft.getReleased());
      case Started started ->
          named("started").put("attempt", started.getAttempt()).put("model", started.getModel());
      case Completed completed -> spent("completed", completed.getUsage());
      case Failed failed -> named("failed").put("code", failed.getCode());
      case Cancelled _ -> named("cancelled");
      default -> JsonNodeFactory.instance.objectNode();
    };
  }

  private static ObjectNode named(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  private static ObjectNode spent(String type, ModelUsage usage) {
    ObjectNode event = named(type);
    usage.getPromptTokens().ifPresent(tokens -> event.put("promptTokens", tokens));
    usage.getCompletionTokens().ifPresent(tokens -> event.put("completionTokens", tokens));
    usage.getCachedTokens().ifPresent(tokens -> event.put("cachedTokens", tokens));
    return event;
  }
}
