package io.livemind.gateway.answers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Cancelled;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Delta;
import io.livemind.schemas.avro.DraftEnded;
import io.livemind.schemas.avro.DraftHeld;
import io.livemind.schemas.avro.DraftStarted;
import io.livemind.schemas.avro.Failed;
import io.livemind.schemas.avro.InferenceDropped;
import io.livemind.schemas.avro.InferenceStarted;
import io.livemind.schemas.avro.Inferred;
import io.livemind.schemas.avro.ModelUsage;
import io.livemind.schemas.avro.Moved;
import io.livemind.schemas.avro.Opened;
import io.livemind.schemas.avro.Rejected;
import io.livemind.schemas.avro.Revised;
import io.livemind.schemas.avro.SegmentClosed;
import io.livemind.schemas.avro.Snapshot;
import io.livemind.schemas.avro.Started;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Events as clients get them; the page on the HTTP interface describes each of them. */
final class EventJson {
  /**
   * Keeps no buffers: Jackson's own would stay with the thread that wrote, 8 kB for each open
   * stream.
   */
  private static final ObjectMapper TREES =
      JsonMapper.builder(
              JsonFactory.builder().recyclerPool(JsonRecyclerPools.nonRecyclingPool()).build())
          .build();

  private static final JsonStringEncoder QUOTES = JsonStringEncoder.getInstance();

  /** Of a delta without its text. */
  private static final int DELTA_LENGTH = 256;

  private EventJson() {}

  /**
   * Whether clients are told: what gateways say to the topology among themselves is not for them.
   */
  static boolean isTold(AnswerRecord answer) {
    Object event = answer.event().getEvent();
    return !(event instanceof Snapshot) && !(event instanceof Moved);
  }

  /**
   * One event as a line of text. Nearly all that is sent are deltas, so these are written without a
   * tree.
   *
   * @param id signed, to resume behind it; base64url
   */
  static String text(JoinedDeltas.Joined joined, String id) {
    AnswerEvent answer = joined.last().event();
    if (!(answer.getEvent() instanceof Delta delta)) return text(of(joined, id));
    var json = new StringBuilder(DELTA_LENGTH + delta.getText().length());
    json.append("{\"type\":\"delta\",\"id\":\"").append(id);
    json.append("\",\"turn\":").append(answer.getTurn());
    json.append(",\"atMillis\":").append(answer.getAtMillis());
    json.append(",\"attempt\":").append(delta.getAttempt());
    json.append(",\"execution\":\"");
    QUOTES.quoteAsString(delta.getExecution(), json);
    json.append("\",\"index\":").append(delta.getIndex());
    json.append(",\"count\":").append(Math.max(1, joined.deltas()));
    json.append(",\"text\":\"");
    QUOTES.quoteAsString(delta.getText(), json);
    return json.append("\"}").toString();
  }

  /** A tree as a line of text. */
  static String text(ObjectNode tree) {
    try {
      return TREES.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One event.
   *
   * @param id signed, to resume behind it
   */
  static ObjectNode of(JoinedDeltas.Joined joined, String id) {
    AnswerEvent answer = joined.last().event();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    switch (answer.getEvent()) {
      case Opened _ -> begin(json, "opened", answer, id);
      case SegmentClosed segment ->
          begin(json, "segment_closed", answer, id)
              .put("index", segment.getIndex())
              .put("start", segment.getStart())
              .put("end", segment.getEnd())
              .put("closedBy", segment.getClosedBy().name().toLowerCase(Locale.ROOT));
      case Revised revised ->
          begin(json, "revised", answer, id)
              .put("revision", revised.getRevision())
              .put("keptSegments", revised.getKeptSegments())
              .put("keptInferences", revised.getKeptInferences());
      case InferenceStarted started ->
          begin(json, "inference_started", answer, id)
              .put("step", started.getStep())
              .put("segments", started.getSegments());
      case Inferred inferred ->
          begin(json, "inferred", answer, id)
              .put("step", inferred.getStep())
              .put("action", inferred.getAction().name().toLowerCase(Locale.ROOT))
              .put("segments", inferred.getSegments())
              .put("text", inferred.getText())
              .set("usage", usage(inferred.getUsage()));
      case InferenceDropped dropped ->
          begin(json, "inference_dropped", answer, id)
              .put("step", dropped.getStep())
              .put("code", dropped.getCode());
      case DraftStarted draft ->
          begin(json, "draft_started", answer, id).put("step", draft.getStep());
      case DraftHeld draft -> begin(json, "draft_held", answer, id).put("step", draft.getStep());
      case DraftEnded draft ->
          begin(json, "draft_ended", answer, id)
              .put("step", draft.getStep())
              .put("released", draft.getReleased())
              .set("usage", usage(draft.getUsage()));
      case Rejected rejected -> rejected(begin(json, "rejected", answer, id), rejected);
      case Started started ->
          begin(json, "started", answer, id)
              .put("attempt", started.getAttempt())
              .put("execution", started.getExecution())
              .put("model", started.getModel());
      case Delta delta ->
          begin(json, "delta", answer, id)
              .put("attempt", delta.getAttempt())
              .put("execution", delta.getExecution())
              .put("index", delta.getIndex())
              .put("count", Math.max(1, joined.deltas()))
              .put("text", delta.getText());
      case Completed completed ->
          begin(json, "completed", answer, id)
              .put("attempt", completed.getAttempt())
              .put("execution", completed.getExecution())
              .put("text", completed.getText())
              .set("usage", usage(completed.getUsage()));
      case Failed failed ->
          begin(json, "failed", answer, id)
              .put("code", failed.getCode())
              .put("message", failed.getMessage());
      case Cancelled cancelled ->
          begin(json, "cancelled", answer, id).put("text", cancelled.getText());
      default -> throw new IllegalStateException("an event of an unknown kind was decoded");
    }
    return json;
  }

  private static ObjectNode begin(ObjectNode json, String type, AnswerEvent answer, String id) {
    return json.put("type", type)
        .put("id", id)
        .put("turn", answer.getTurn())
        .put("atMillis", answer.getAtMillis());
  }

  /** What can be done about a failure, for people. */
  static String remedy(String code) {
    return FailureCode.of(code).map(FailureCode::remedy).orElse("");
  }

  private static ObjectNode usage(ModelUsage usage) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    usage.getPromptTokens().ifPresent(tokens -> json.put("promptTokens", tokens));
    usage.getCompletionTokens().ifPresent(tokens -> json.put("completionTokens", tokens));
    usage.getCachedTokens().ifPresent(tokens -> json.put("cachedTokens", tokens));
    usage.getFirstTokenMillis().ifPresent(millis -> json.put("firstTokenMillis", millis));
    return json.put("totalMillis", usage.getTotalMillis());
  }

  private static ObjectNode rejected(ObjectNode json, Rejected rejected) {
    json.put("code", rejected.getCode())
        .put("message", remedy(rejected.getCode()))
        .put("writer", rejected.getWriter())
        .put("sequence", rejected.getSequence())
        .put("expected", rejected.getExpected());
    rejected.getLimit().ifPresent(limit -> json.put("limit", limit));
    return json;
  }
}
