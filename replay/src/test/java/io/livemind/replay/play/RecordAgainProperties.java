package io.livemind.replay.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.replay.Arm;
import io.livemind.replay.play.DeliveredFragments.Delivery;
import io.livemind.replay.record.SessionRecorder;
import io.livemind.replay.recording.LmrecReader;
import io.livemind.replay.recording.LmrecWriter;
import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.Recording.Turn;
import io.livemind.replay.recording.RecordingArbitraries;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.Submit;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What is recorded, replayed, and recorded again is typed in the same fragments, however these came
 * into the log.
 */
class RecordAgainProperties {

  @Property(tries = 300)
  void recordReplayAndRecordAgainGivesTheSameFragments(
      @ForAll("recordings") Recording typed, @ForAll Delivery delivery, @ForAll Random random) {
    Recording first = recorded(typed, delivery, random);

    Recording second = recorded(throughAFile(first), Delivery.PLAIN, random);

    assertThat(second.turns()).hasSameSizeAs(typed.turns());
    for (int turn = 0; turn < first.turns().size(); turn++) {
      Turn once = first.turns().get(turn);
      Turn again = second.turns().get(turn);
      assertThat(again.typing()).isEqualTo(once.typing());
      assertThat(again.prompt()).isEqualTo(typed.turns().get(turn).prompt());
      assertThat(again.outputs()).isEqualTo(once.outputs());
    }
  }

  @Provide
  Arbitrary<Recording> recordings() {
    return RecordingArbitraries.recordings();
  }

  private static Recording throughAFile(Recording recording) {
    byte[] lines = LmrecWriter.write(recording).getBytes(StandardCharsets.UTF_8);
    return LmrecReader.read("file", new ByteArrayInputStream(lines)).getFirst();
  }

  /** Types it, answers each turn 50 ms after its submit, and records what was sent. */
  private static Recording recorded(Recording recording, Delivery delivery, Random random) {
    var clock = new HandClock();
    var sent = new SentFragments(clock);
    Play play = Play.of(recording, Arm.named("live"), Duration.ZERO);
    var config = new PlayerConfig(1, Duration.ofMinutes(1));
    var playback =
        new Playback(
            List.of(play), config, 2, sent, session -> {}, clock, Observer.NONE, clock.nanoTime());
    var recorder = new SessionRecorder();
    var delivered = new DeliveredFragments(delivery, random);
    int taken = 0;
    while (!playback.done()) {
      clock.moveTo(playback.nextDueNanos());
      playback.act(clock.nanoTime());
      for (; taken < sent.all().size(); taken++) {
        Fragment fragment = sent.all().get(taken).fragment();
        delivered.take(fragment, recorder::take);
        if (!(fragment.getContent() instanceof Submit)) continue;
        clock.moveTo(clock.nanoTime() + 50_000_000);
        AnswerEvent end = completed(fragment.getTurn(), clock.currentTimeMillis());
        recorder.take(end);
        playback.take(play.sessionId(), end, clock.nanoTime());
      }
    }
    return recorder.recording("r").orElseThrow();
  }

  private static AnswerEvent completed(int turn, long atMillis) {
    AnswerEvent event = Events.completed(turn, "answer");
    return new AnswerEvent(event.getTurn(), atMillis, event.getEvent());
  }
}
