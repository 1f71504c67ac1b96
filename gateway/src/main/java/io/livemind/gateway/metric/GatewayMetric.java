package io.livemind.gateway.metric;

import io.livemind.schemas.Metric;
import java.util.List;

/** The metrics of a gateway. */
public enum GatewayMetric implements Metric {
  STREAMS(
      "streams", Kind.GAUGE, "streams", List.of(), "Event streams and WebSockets that are open."),
  PARTITIONS(
      "partitions",
      Kind.GAUGE,
      "partitions",
      List.of(),
      "Partitions of `answers` that are read: this gateway's own, and those of sessions that came"
          + " from others."),
  SESSIONS_OPENED(
      "sessions.opened", Kind.COUNTER, "sessions", List.of(), "Sessions that were opened here."),
  FRAGMENTS(
      "fragments",
      Kind.TIMER,
      "seconds",
      List.of("outcome"),
      "Fragments, and how long the log took to confirm them; outcome is confirmed or lost."),
  REFUSED(
      "refused",
      Kind.COUNTER,
      "requests",
      List.of("code"),
      "Requests and messages that were refused, by the code that the client was told."),
  RESUMED(
      "resumed",
      Kind.TIMER,
      "seconds",
      List.of("outcome"),
      "Clients that came back, and how long it took to read what they had missed; outcome is"
          + " recovered, snapshot or lost."),
  STREAMS_ENDED(
      "streams.ended",
      Kind.COUNTER,
      "streams",
      List.of("reason"),
      "Streams that ended: left, slow, expired, deleted or going_away. Many slow ones mean that"
          + " clients or the network cannot keep up."),
  ANSWER_DELAY(
      "answer.delay",
      Kind.TIMER,
      "seconds",
      List.of(),
      "From the moment when a record of `answers` was read from the log until it was handed to the"
          + " client's socket; of records that wait together, the first."),
  FIRST_TEXT(
      "first.text",
      Kind.TIMER,
      "seconds",
      List.of(),
      "From a submit that went through this gateway until the first text of its answer was read from"
          + " the log: what people wait until they see something."),
  RESPONSE(
      "response",
      Kind.TIMER,
      "seconds",
      List.of("end"),
      "From the submit to the end of its turn; end is completed, cancelled or a failure's code."),
  LATENCY_SAVED(
      "latency.saved",
      Kind.TIMER,
      "seconds",
      List.of(),
      "Model time of the thoughts that were ready when a completed turn was submitted: worked while"
          + " somebody typed, not while somebody waited. An upper bound of the time saved."),
  SPENT_USERS("spent.users", Kind.GAUGE, "users", List.of(), "Users who have spent tokens today.");

  private static final String PREFIX = "livemind.gateway.";

  private final String metricName;
  private final Kind kind;
  private final String unit;
  private final List<String> tags;
  private final String sentence;

  GatewayMetric(String name, Kind kind, String unit, List<String> tags, String sentence) {
    this.metricName = PREFIX + name;
    this.kind = kind;
    this.unit = unit;
    this.tags = tags;
    this.sentence = sentence;
  }

  @Override
  public String metricName() {
    return metricName;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public String unit() {
    return unit;
  }

  @Override
  public List<String> tags() {
    return tags;
  }

  @Override
  public String sentence() {
    return sentence;
  }
}
