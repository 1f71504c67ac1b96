package io.livemind.replay.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemind.replay.latency.LatencyConstants;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A report as one JSON object. Its shape is published as {@code report.schema.json} beside this
 * class; fields are added, never renamed. Figures that are not known are absent.
 *
 * <p>Threading: stateless.
 */
public final class ReportJson {
  /** Of the shape; raised when a field changes its meaning. */
  public static final int VERSION = 1;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ReportJson() {}

  /** The object as text, indented, with a line feed at its end. */
  public static String format(ReplayReport report) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(of(report)) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values can be written", e);
    }
  }

  /** The object, for a caller that adds to it. */
  public static ObjectNode of(ReplayReport report) {
    ObjectNode object = JSON.objectNode();
    object.put("report", VERSION);
    object.put("speed", report.speed());
    object.put("stopped", report.stopped());
    ArrayNode notes = object.putArray("notes");
    report.notes().forEach(notes::add);
    ArrayNode arms = object.putArray("arms");
    report.arms().forEach(arm -> arms.add(arm(arm, report.speed())));
    ArrayNode cuts = object.putArray("cuts");
    report.cuts().forEach(cut -> cuts.add(cut(cut)));
    ArrayNode sessions = object.putArray("sessions");
    report.sessions().forEach(session -> sessions.add(session(session)));
    put(object, "overhead", report.overhead());
    put(object, "rawHop", report.rawHop());
    ArrayNode targets = object.putArray("targets");
    Reproduction.targets(report).forEach(target -> targets.add(target(target)));
    ObjectNode lateness = object.putObject("typingLateness");
    lateness.put("fragments", report.lateness().fragments());
    lateness.put("p50Seconds", report.lateness().p50Seconds());
    lateness.put("p99Seconds", report.lateness().p99Seconds());
    lateness.put("maximumSeconds", report.lateness().maximumSeconds());
    return object;
  }

  private static ObjectNode arm(ArmFigures arm, double speed) {
    ObjectNode object = JSON.objectNode();
    object.put("arm", arm.arm().name());
    object.put("sessions", arm.sessions());
    object.put("failed", arm.failed());
    ObjectNode failures = object.putObject("failures");
    arm.failures().forEach(failures::put);
    if (arm.recorded() > 0) object.put("equalToRecorded", arm.equalToRecorded());
    put(object, "latency", arm.latency());
    put(object, "firstToken", arm.firstToken());
    put(object, "overhead", arm.overhead());
    put(object, "modelMeanSeconds", arm.modelMeanSeconds());
    put(object, "recordedMeanLatencySeconds", arm.recordedMeanSeconds());
    arm.recordedMeanSeconds()
        .ifPresent(mean -> object.put("recordedMeanLatencyDividedBySpeedSeconds", mean / speed));
    put(object, "accuracy", arm.accuracy());
    put(object, "recordedAccuracy", arm.recordedAccuracy());
    object.put("meanPromptLength", arm.meanPromptLength());
    object.put("meanSegments", arm.meanSegments());
    object.put("meanInferenceCalls", arm.meanInferenceCalls());
    arm.counts().ifPresent(counts -> object.set("recordedOutputs", counts(counts)));
    arm.tokens()
        .ifPresent(
            tokens ->
                object
                    .putObject("tokens")
                    .put("prompt", tokens.prompt())
                    .put("cached", tokens.cached())
                    .put("completion", tokens.completion())
                    .put("wasted", tokens.wasted()));
    arm.segmentMatch()
        .ifPresent(
            match ->
                object
                    .putObject("segmentMatch")
                    .put("sessions", match.sessions())
                    .put("recorded", match.recorded())
                    .put("ours", match.ours())
                    .put("same", match.same())
                    .put("behind", match.behind()));
    ObjectNode constants = object.putObject("latencyConstants");
    constants.set("inference", constants(arm.arm().latency().inference()));
    constants.set("answer", constants(arm.arm().latency().answer()));
    return object;
  }

  private static ObjectNode constants(LatencyConstants latency) {
    ObjectNode object = JSON.objectNode();
    object.put("overheadSeconds", latency.overheadSeconds());
    object.put("secondsPerPromptToken", latency.secondsPerPromptToken());
    object.put("secondsPerCompletionToken", latency.secondsPerCompletionToken());
    return object;
  }

  private static ObjectNode target(Reproduction.Target target) {
    ObjectNode object = JSON.objectNode();
    object.put("target", target.name());
    object.put("wanted", target.wanted());
    object.put("found", target.found());
    object.put("met", target.met());
    return object;
  }

  private static ObjectNode cut(Cut cut) {
    ObjectNode object = JSON.objectNode();
    object.put("arm", cut.arm());
    object.put("baseline", cut.baseline());
    ArrayNode classes = object.putArray("classes");
    for (Cut.LengthClass one : cut.classes()) {
      ObjectNode entry = classes.addObject();
      entry.put("moreThanCalls", one.moreThanCalls());
      entry.put("recordings", one.recordings());
      entry.put("measured", one.measured());
      put(entry, "model", one.model());
      put(entry, "recorded", one.recorded());
    }
    return object;
  }

  private static ObjectNode session(SessionFigures session) {
    ObjectNode object = JSON.objectNode();
    var recording = session.play().recording();
    object.put("sessionId", session.play().sessionId());
    object.put("recording", recording.id());
    object.put("title", recording.title());
    object.put("language", recording.language());
    object.put("arm", session.play().arm().name());
    object.put("turns", session.result().turns().size());
    object.put("promptLength", session.promptLength());
    object.put("segments", session.segments());
    object.put("inferenceCalls", session.inferenceCalls());
    put(object, "firstTokenSeconds", session.firstTokenSeconds());
    put(object, "latencySeconds", session.latencySeconds());
    put(object, "overheadSeconds", session.overheadSeconds());
    put(object, "recordedLatencySeconds", session.recordedLatencySeconds());
    object.put("recordedCalls", session.recordedCalls());
    session.counts().ifPresent(counts -> object.set("recordedOutputs", counts(counts)));
    if (session.play().recorded())
      object.put("equalToRecorded", session.result().equalToRecorded());
    session.correct().ifPresent(correct -> object.put("correct", correct));
    session.result().failure().ifPresent(code -> object.put("failure", code));
    return object;
  }

  private static ObjectNode counts(ServedModels.Counts counts) {
    ObjectNode object = JSON.objectNode();
    object.put("surplusInferences", counts.surplusInferences());
    object.put("unservedInferences", counts.unservedInferences());
    object.put("violations", counts.violations());
    return object;
  }

  private static void put(ObjectNode object, String name, OptionalDouble value) {
    value.ifPresent(number -> object.put(name, number));
  }

  private static void put(ObjectNode object, String name, Optional<Distribution> distribution) {
    distribution.ifPresent(
        seconds -> {
          ObjectNode entry = object.putObject(name);
          entry.put("count", seconds.count());
          entry.put("meanSeconds", seconds.meanSeconds());
          entry.put("p50Seconds", seconds.p50Seconds());
          entry.put("p90Seconds", seconds.p90Seconds());
          entry.put("p95Seconds", seconds.p95Seconds());
          entry.put("p99Seconds", seconds.p99Seconds());
          entry.put("maximumSeconds", seconds.maximumSeconds());
        });
  }
}
