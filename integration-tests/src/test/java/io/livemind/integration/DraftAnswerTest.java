package io.livemind.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.replay.Arm;
import io.livemind.replay.play.Play;
import io.livemind.replay.play.SessionResult;
import io.livemind.replay.play.TurnResult;
import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.Recording.Turn;
import io.livemind.replay.recording.TypingEvent;
import io.livemind.replay.recording.TypingEvent.Submitted;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.DraftEnded;
import io.livemind.schemas.avro.DraftHeld;
import io.livemind.schemas.avro.DraftStarted;
import io.livemind.schemas.avro.Started;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An answer that is begun before the prompt is submitted, through the whole pipeline. */
class DraftAnswerTest {
  private static final int PAUSE_MILLIS = 300;

  @Test
  void aDraftIsHeldUntilSubmitAndThenIsTheAnswer(@TempDir Path state) throws Exception {
    try (var pipeline = TestPipeline.start(state)) {
      pipeline.startWorker();
      pipeline.play(List.of(Sessions.play("warm", Duration.ZERO)));

      // An answer takes a second: one submit comes behind its end, one in the middle of it.
      var result = pipeline.play(List.of(play("held", 20), play("running", 0.9)));

      for (SessionResult session : result.sessions()) {
        TurnResult turn = session.turns().getFirst();
        assertThat(session.failure()).isEmpty();
        assertThat(session.equalToRecorded()).isTrue();
        assertThat(turn.firstTokenSeconds().orElse(0)).isNotNegative();
        assertThat(events(turn, turn.submitNanos()))
            .doesNotHaveAnyElementsOfTypes(Started.class, Completed.class);
      }
      TurnResult held =
          result.sessions().stream()
              .filter(session -> session.play().recording().id().equals("held"))
              .findFirst()
              .orElseThrow()
              .turns()
              .getFirst();
      assertThat(events(held, held.submitNanos()))
          .hasAtLeastOneElementOfType(DraftStarted.class)
          .hasAtLeastOneElementOfType(DraftHeld.class);
      assertThat(events(held, Long.MAX_VALUE))
          .filteredOn(DraftEnded.class::isInstance)
          .singleElement()
          .matches(ended -> ((DraftEnded) ended).getReleased());
    }
  }

  private static List<Object> events(TurnResult turn, long beforeNanos) {
    return turn.timeline().stream()
        .filter(seen -> seen.nanos() < beforeNanos)
        .map(seen -> seen.event().getEvent())
        .toList();
  }

  /** Somebody who looks at the prompt once more before submitting. */
  private static Play play(String name, double secondsBeforeSubmit) {
    Play plain = Sessions.play(name, Duration.ZERO);
    Recording recording = plain.recording();
    Turn turn = recording.turns().getFirst();
    List<TypingEvent> typing = new ArrayList<>(turn.typing());
    double last = typing.removeLast().seconds();
    typing.add(new Submitted(last + secondsBeforeSubmit));
    var paused =
        new Turn(turn.pauseSeconds(), typing, turn.question(), turn.outputs(), turn.errors());
    Arm arm = plain.arm().changing(options -> options.setDraftPauseMillis(PAUSE_MILLIS));
    return Play.of(
        new Recording(name, recording.title(), recording.language(), List.of(paused)),
        arm,
        Duration.ZERO);
  }
}
