package io.livemind.gateway.metric;

import io.livemind.schemas.Metric;
import java.util.List;

/** The metrics of a gateway. */
public enum GatewayMetric implements Metric {
  STREAMS("streams", Kind.GAUGE, "streams", "Event streams and WebSockets that are open."),
  PARTITIONS(
      "partitions",
      Kind.GAUGE,
      "partitions",
      "Partitions of `answers` that are read: this gateway's own, and those of sessions that came"
          + " from others."),
  SESSIONS_OPENED("sessions.opened", Kind.COUNTER, "sessions", "Sessions that were opened here."),
  FRAGMENTS(
      "fragments",
      Kind.TIMER,
      "seconds",
      "Fragments, and how long the log took to confirm them; outcome is confirmed or lost.",
      "outcome"),
  REFUSED(
      "refused",
      Kind.COUNTER,
      "requests",
      "Requests and messages that were refused, by the code that the client was told.",
      "code"),
  RESUMED(
      "resumed",
      Kind.TIMER,
      "seconds",
      "Clients that came back, and how long it took to read what they had missed; outcome is"
          + " recovered, snapshot or lost.",
      "outcome"),
  STREAMS_ENDED(
      "streams.ended",
      Kind.COUNTER,
      "streams",
      "Streams that ended: left, slow, expired, deleted or going_away. Many slow ones mean that"
          + " clients or the network cannot keep up.",
      "reason"),
  ANSWER_DELAY(
      "answer.delay",
      Kind.TIMER,
      "seconds",
      "From the moment when a record of `answers` was read from the log until it was handed to the"
          + " client's socket; of records that wait together, the first."),
  FIRST_TEXT(
      "first.text",
      Kind.TIMER,
      "seconds",
      "From a submit that went through this gateway until the first text of its answer was read from"
          + " the log: what people wait until they see something."),
  RESPONSE(
      "response",
      Kind.TIMER,
      "seconds",
      "From the submit to the end of its turn; end is completed, cancelled or a failure's code.",
      "end"),
  LATENCY_SAVED(
      "latency.saved",
      Kind.TIMER,
      "seconds",
      "Model time of the thoughts that were ready when a completed turn was submitted: worked while"
          + " somebody typed, not while somebody waited. An upper bound of the time saved."),
  RECORDS_UNREADABLE(
      "records.unreadable",
      Kind.COUNTER,
      "records",
      "Records that could not be read and were passed over, by topic, each time one was met; the log"
          + " tells partition and offset. An answer that cannot be read reaches no client here; what a session spent"
          + " does not count.",
      "topic"),
  SPENT_USERS("spent.users", Kind.GAUGE, "users", "Users who have spent tokens today.");

  private static final String PREFIX = "livemind.gateway.";

  private final Description description;

  GatewayMetric(String name, Kind kind, String unit, String sentence, String... tags) {
    description = new Description(PREFIX + name, kind, unit, sentence, List.of(tags));
  }

  @Override
  public Description description() {
    return description;
  }
}
