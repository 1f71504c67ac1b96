package io.livemind.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemind.client.SessionEvent.Cancelled;
import io.livemind.client.SessionEvent.CaughtUp;
import io.livemind.client.SessionEvent.Closed;
import io.livemind.client.SessionEvent.Completed;
import io.livemind.client.SessionEvent.Delta;
import io.livemind.client.SessionEvent.DraftEnded;
import io.livemind.client.SessionEvent.DraftHeld;
import io.livemind.client.SessionEvent.DraftStarted;
import io.livemind.client.SessionEvent.Failed;
import io.livemind.client.SessionEvent.InferenceDropped;
import io.livemind.client.SessionEvent.InferenceStarted;
import io.livemind.client.SessionEvent.Inferred;
import io.livemind.client.SessionEvent.Opened;
import io.livemind.client.SessionEvent.Refused;
import io.livemind.client.SessionEvent.Rejected;
import io.livemind.client.SessionEvent.Resumed;
import io.livemind.client.SessionEvent.Revised;
import io.livemind.client.SessionEvent.SegmentClosed;
import io.livemind.client.SessionEvent.Snapshot;
import io.livemind.client.SessionEvent.Started;
import io.livemind.client.SessionEvent.Unknown;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** From the gateway's JSON to events. What a field lacks is empty; what is new is passed over. */
final class EventReader {
  private EventReader() {}

  static SessionEvent read(JsonNode json) {
    int turn = json.path("turn").asInt();
    int step = json.path("step").asInt();
    String type = json.path("type").asText();
    return switch (type) {
      case "opened" -> new Opened(turn);
      case "segment_closed" ->
          new SegmentClosed(
              turn,
              json.path("index").asInt(),
              json.path("start").asInt(),
              json.path("end").asInt(),
              text(json, "closedBy"));
      case "revised" ->
          new Revised(
              turn,
              json.path("revision").asInt(),
              json.path("keptSegments").asInt(),
              json.path("keptInferences").asInt());
      case "inference_started" -> new InferenceStarted(turn, step, json.path("segments").asInt());
      case "inferred" ->
          new Inferred(
              turn,
              step,
              text(json, "action"),
              json.path("segments").asInt(),
              text(json, "text"),
              usage(json));
      case "inference_dropped" -> new InferenceDropped(turn, step, text(json, "code"));
      case "draft_started" -> new DraftStarted(turn, step);
      case "draft_held" -> new DraftHeld(turn, step);
      case "draft_ended" ->
          new DraftEnded(turn, step, json.path("released").asBoolean(), usage(json));
      case "rejected" ->
          new Rejected(
              turn,
              text(json, "code"),
              text(json, "message"),
              json.path("writer").asLong(),
              json.path("sequence").asLong(),
              json.path("expected").asLong());
      case "started" ->
          new Started(
              turn, json.path("attempt").asInt(), text(json, "execution"), text(json, "model"));
      case "delta" ->
          new Delta(
              turn,
              json.path("attempt").asInt(),
              text(json, "execution"),
              json.path("index").asInt(),
              json.path("count").asInt(1),
              text(json, "text"));
      case "completed" -> new Completed(turn, text(json, "text"), usage(json));
      case "failed" -> new Failed(turn, text(json, "code"), text(json, "message"));
      case "cancelled" -> new Cancelled(turn, text(json, "text"));
      case "resumed" -> new Resumed();
      case "snapshot" -> new Snapshot(json.path("recovered").asBoolean(), events(json));
      case "caught_up" -> new CaughtUp();
      case "closed" -> new Closed(text(json, "code"));
      case "error" -> refused(json, json.path("error"));
      default -> new Unknown(type);
    };
  }

  private static Refused refused(JsonNode json, JsonNode error) {
    return new Refused(
        text(error, "code"),
        text(error, "message"),
        json.has("sequence")
            ? OptionalLong.of(json.path("sequence").asLong())
            : OptionalLong.empty(),
        Duration.ofMillis(error.path("retryAfterMillis").asLong()));
  }

  private static List<SessionEvent> events(JsonNode json) {
    return Stream.concat(
            each(json.path("session").path("turns")).map(EventReader::end),
            each(json.path("events")).map(EventReader::read))
        .toList();
  }

  private static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** How a turn ended, as the pipeline tells it where the log does not reach back. */
  private static SessionEvent end(JsonNode past) {
    int turn = past.path("turn").asInt();
    String answer = text(past, "answer");
    if (past.has("failure")) return new Failed(turn, text(past, "failure"), text(past, "message"));
    return past.path("interrupted").asBoolean()
        ? new Cancelled(turn, answer)
        : new Completed(turn, answer, usage(past));
  }

  private static Usage usage(JsonNode json) {
    JsonNode usage = json.path("usage");
    return new Usage(
        number(usage, "promptTokens"),
        number(usage, "completionTokens"),
        number(usage, "cachedTokens"),
        usage.has("firstTokenMillis")
            ? OptionalLong.of(usage.path("firstTokenMillis").asLong())
            : OptionalLong.empty(),
        usage.path("totalMillis").asLong());
  }

  private static OptionalInt number(JsonNode json, String field) {
    return json.has(field) ? OptionalInt.of(json.path(field).asInt()) : OptionalInt.empty();
  }

  private static String text(JsonNode json, String field) {
    return json.path(field).asText();
  }
}
