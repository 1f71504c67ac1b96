package io.livemind.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.replay.Arm;
import io.livemind.replay.play.PlayResult;
import io.livemind.replay.play.TurnResult;
import io.livemind.replay.recording.ArmOutputs;
import io.livemind.replay.recording.ModelReply;
import io.livemind.replay.recording.RecordedSegment;
import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.TypingEvent;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.ClosedBy;
import io.livemind.schemas.avro.Revised;
import io.livemind.schemas.avro.SegmentClosed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A prompt of 100 characters, its last 30 in one piece with the submit. */
class SegmentMatchTest {
  private static final int LENGTH = 100;

  @Test
  void endsAreTheSameWithinTheToleranceAndEachCountsOnce() {
    var match = match(List.of(20, 40, 42), closed(0, 18), closed(1, 41), closed(2, 60));

    assertThat(match.orElseThrow()).isEqualTo(new SegmentMatch(1, 3, 2, 2, 1));
  }

  @Test
  void endsBehindTheLastRecordedOneAreToldApart() {
    var match = match(List.of(20, 70), closed(0, 20), closed(1, 72), closed(2, 73), closed(3, 90));

    assertThat(match.orElseThrow()).isEqualTo(new SegmentMatch(1, 2, 2, 2, 2));
  }

  @Test
  void theEndOfThePromptAndWhatTheSubmitClosedAreLeftOutOnBothSides() {
    var bySubmit = new SegmentClosed(1, 20, 50, ClosedBy.SUBMIT);

    var match = match(List.of(20, 60, LENGTH), closed(0, 20), bySubmit, closed(2, LENGTH));

    assertThat(match.orElseThrow()).isEqualTo(new SegmentMatch(1, 2, 1, 1, 0));
  }

  @Test
  void aRecordedEndMayLieJustBeforeThePromptsEnd() {
    var match = match(List.of(20, LENGTH - 1), closed(0, 20), closed(1, LENGTH));

    assertThat(match.orElseThrow()).isEqualTo(new SegmentMatch(1, 2, 1, 1, 0));
  }

  @Test
  void anEditTakesBackTheEndsBehindIt() {
    var match =
        match(
            List.of(20, 70),
            closed(0, 20),
            closed(1, 30),
            closed(2, 50),
            new Revised(1, 1, 0),
            closed(1, 70));

    assertThat(match.orElseThrow()).isEqualTo(new SegmentMatch(1, 2, 2, 2, 0));
  }

  @Test
  void aSessionInWhichNothingWasCutBeforeTheSubmitIsNotCompared() {
    assertThat(match(List.of(), closed(0, 20))).isEmpty();
    assertThat(match(List.of(LENGTH), closed(0, 20))).isEmpty();
  }

  private static SegmentClosed closed(int index, int end) {
    return new SegmentClosed(index, 0, end, ClosedBy.RULE);
  }

  private static Optional<SegmentMatch> match(List<Integer> recordedEnds, Object... events) {
    List<TurnResult.Seen> timeline = new ArrayList<>();
    for (Object event : events) timeline.add(new TurnResult.Seen(0, new AnswerEvent(0, 0L, event)));
    var turn =
        new TurnResult(
            0,
            LENGTH,
            0,
            0,
            0,
            OptionalLong.of(1),
            OptionalLong.of(2),
            "a",
            true,
            Optional.empty(),
            timeline);
    PlayResult result = Results.of(Results.session(recording(recordedEnds), "live", turn));
    return ReplayReport.of(result, List.of(Arm.named("live")), 1, ServedModels.UNKNOWN, List.of())
        .arms()
        .getFirst()
        .segmentMatch();
  }

  private static Recording recording(List<Integer> ends) {
    var segments = new ArrayList<RecordedSegment>();
    int start = 0;
    for (int end : ends) {
      segments.add(new RecordedSegment(OptionalDouble.empty(), "x".repeat(end - start)));
      start = end;
    }
    var outputs = new ArmOutputs(List.of(), ModelReply.of("a", 1, 1), Optional.empty(), segments);
    List<TypingEvent> typing =
        List.of(new TypingEvent.Typed(1, "x".repeat(LENGTH)), new TypingEvent.Submitted(1));
    return new Recording(
        "r",
        "r",
        "en",
        List.of(new Recording.Turn(0, typing, Optional.empty(), Map.of("live", outputs))));
  }
}
