package io.livemind.replay.play;

import io.livemind.schemas.avro.Action;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.ClosedBy;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Delta;
import io.livemind.schemas.avro.Failed;
import io.livemind.schemas.avro.InferenceStarted;
import io.livemind.schemas.avro.Inferred;
import io.livemind.schemas.avro.ModelUsage;
import io.livemind.schemas.avro.Rejected;
import io.livemind.schemas.avro.Revised;
import io.livemind.schemas.avro.SegmentClosed;
import io.livemind.schemas.avro.Started;

/** Answer events for tests. */
final class Events {
  private Events() {}

  static AnswerEvent segment(int turn, int index) {
    return event(turn, new SegmentClosed(index, index, index + 1, ClosedBy.RULE));
  }

  static AnswerEvent revised(int turn, int keptSegments) {
    return event(turn, new Revised(1, keptSegments, keptSegments));
  }

  static AnswerEvent inferenceStarted(int turn, int step) {
    return event(turn, new InferenceStarted(step, step + 1));
  }

  static AnswerEvent inferred(int turn, int step) {
    return event(turn, new Inferred(step, Action.INFERENCE, step + 1, "text", usage()));
  }

  static AnswerEvent started(int turn) {
    return event(turn, new Started("task", 1, "x", "large"));
  }

  static AnswerEvent delta(int turn, int index, String text) {
    return event(turn, new Delta(1, "x", index, text));
  }

  static AnswerEvent completed(int turn, String text) {
    return event(turn, new Completed(1, "x", text, usage()));
  }

  static AnswerEvent failed(int turn, String code) {
    return event(turn, new Failed(code, "told"));
  }

  static AnswerEvent rejected(int turn, String code) {
    return event(turn, new Rejected(code, 1L, 3L, 2L, null));
  }

  private static AnswerEvent event(int turn, Object content) {
    return new AnswerEvent(turn, 0L, content);
  }

  private static ModelUsage usage() {
    return ModelUsage.newBuilder().build();
  }
}
