package io.livemind.topology;

import static java.util.Locale.ROOT;

import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Cancelled;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.DraftEnded;
import io.livemind.schemas.avro.DraftHeld;
import io.livemind.schemas.avro.DraftStarted;
import io.livemind.schemas.avro.Failed;
import io.livemind.schemas.avro.InferenceDropped;
import io.livemind.schemas.avro.InferenceStarted;
import io.livemind.schemas.avro.Inferred;
import io.livemind.schemas.avro.Moved;
import io.livemind.schemas.avro.Opened;
import io.livemind.schemas.avro.Rejected;
import io.livemind.schemas.avro.Revised;
import io.livemind.schemas.avro.SegmentClosed;
import io.livemind.schemas.avro.Snapshot;
import io.livemind.schemas.avro.Task;
import io.livemind.schemas.avro.TaskKind;
import java.util.stream.Collectors;

/** Records in the words of a scenario. */
final class ScenarioText {
  private ScenarioText() {}

  static String of(Task task) {
    String what =
        task.getKind() == TaskKind.INFERENCE
            ? "think"
            : task.getDraft() ? "draft an answer" : "answer";
    String messages =
        task.getMessages().stream()
            .skip(1)
            .map(
                message ->
                    message.getRole().name().toLowerCase(ROOT) + " " + quoted(message.getContent()))
            .collect(Collectors.joining(", "));
    return what + ": " + messages;
  }

  static String of(AnswerEvent record) {
    return switch (record.getEvent()) {
      case Opened _ -> "opened";
      case SegmentClosed segment ->
          "segment %d closed by %s, from %d to %d"
              .formatted(
                  segment.getIndex(),
                  segment.getClosedBy().name().toLowerCase(ROOT),
                  segment.getStart(),
                  segment.getEnd());
      case Revised revised ->
          "revision %d keeps %d segments and %d inferences"
              .formatted(
                  revised.getRevision(), revised.getKeptSegments(), revised.getKeptInferences());
      case InferenceStarted started ->
          "step %d thinks about %d segments".formatted(started.getStep(), started.getSegments());
      case Inferred inferred ->
          "step %d: %s %s"
              .formatted(
                  inferred.getStep(),
                  inferred.getAction().name().toLowerCase(ROOT),
                  quoted(inferred.getText()));
      case InferenceDropped dropped ->
          "step %d came to nothing: %s".formatted(dropped.getStep(), dropped.getCode());
      case Rejected rejected ->
          "fragment %d rejected: %s, expected is %d"
              .formatted(rejected.getSequence(), rejected.getCode(), rejected.getExpected());
      case Completed completed ->
          "completed by " + completed.getExecution() + ": " + quoted(completed.getText());
      case Failed failed -> "failed: " + failed.getCode();
      case Cancelled cancelled -> "cancelled: " + quoted(cancelled.getText());
      case DraftStarted _ -> "draft started";
      case DraftHeld _ -> "draft held";
      case DraftEnded ended -> "draft " + (ended.getReleased() ? "released" : "dropped");
      case Moved moved when moved.getAnswersPartition() < 0 -> "the session is gone";
      case Moved moved -> "moved to partition " + moved.getAnswersPartition();
      case Snapshot snapshot ->
          "snapshot %s: typed %s, %d turns"
              .formatted(
                  snapshot.getRequest(),
                  quoted(String.join("", snapshot.getSegments()) + snapshot.getOpenText()),
                  snapshot.getTurns().size());
      default -> throw new IllegalStateException("an event of an unknown kind");
    };
  }

  private static String quoted(String text) {
    return '"' + text.replace("\n", "\\n") + '"';
  }
}
