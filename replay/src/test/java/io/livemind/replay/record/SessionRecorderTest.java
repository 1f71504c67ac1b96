package io.livemind.replay.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.replay.recording.Recording;
import io.livemind.schemas.TextHash;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Cancel;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.ModelUsage;
import io.livemind.schemas.avro.Open;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.schemas.avro.Submit;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of fragments that the pipeline refuses, or that take others back. */
class SessionRecorderTest {
  private final SessionRecorder recorder = new SessionRecorder();
  private long sequence;

  @Test
  void aPromptThatIsCancelledWhileItIsTypedBeginsAnew() {
    take(new Open(SessionOptions.newBuilder().build(), ""));
    take(new Append("Never mind"));
    take(new Cancel());
    take(new Append("Why?"));
    take(submit("Why?"));

    assertThat(answered().orElseThrow().turns().getFirst().prompt()).isEqualTo("Why?");
  }

  @Test
  void anEmptySubmitEndsNothing() {
    take(new Open(SessionOptions.newBuilder().build(), ""));
    take(submit(""));
    take(new Append("Why?"));
    take(submit("Why?"));

    assertThat(answered().orElseThrow().turns().getFirst().prompt()).isEqualTo("Why?");
  }

  @Test
  void aTurnWhoseTextIsNotWhatWasSubmittedIsNoRecording() {
    take(new Open(SessionOptions.newBuilder().build(), ""));
    take(new Append("Wh"));
    take(submit("Why?"));

    assertThat(answered()).isEmpty();
  }

  private Optional<Recording> answered() {
    ModelUsage usage = ModelUsage.newBuilder().build();
    recorder.take(new AnswerEvent(0, 9_000L, new Completed(1, "x", "Because.", usage)));
    return recorder.recording("r");
  }

  private static Submit submit(String text) {
    return new Submit(text.length(), TextHash.of(text));
  }

  private void take(Object content) {
    recorder.take(new Fragment(1L, sequence, 0, 0, 1_000 + 100 * sequence++, content));
  }
}
