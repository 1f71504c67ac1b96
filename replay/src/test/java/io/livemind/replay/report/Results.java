package io.livemind.replay.report;

import io.livemind.replay.Arm;
import io.livemind.replay.play.Play;
import io.livemind.replay.play.PlayResult;
import io.livemind.replay.play.PlayResult.Lateness;
import io.livemind.replay.play.SessionResult;
import io.livemind.replay.play.TurnResult;
import io.livemind.replay.recording.Recording;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Results of replays for tests; times in milliseconds from 0. */
final class Results {
  private static final long MILLI = 1_000_000;

  private Results() {}

  static PlayResult of(SessionResult... sessions) {
    return new PlayResult(List.of(sessions), new Lateness(9, 0.001, 0.002, 0.003), false);
  }

  static SessionResult answered(
      Recording recording, String arm, long submit, long first, long end) {
    return answered(recording, Arm.named(arm), submit, first, end);
  }

  static SessionResult answered(Recording recording, Arm arm, long submit, long first, long end) {
    return answered(recording, arm, submit, first, end, "text");
  }

  static SessionResult answered(
      Recording recording, String arm, long submit, long first, long end, String text) {
    return answered(recording, Arm.named(arm), submit, first, end, text);
  }

  static SessionResult answered(
      Recording recording, Arm arm, long submit, long first, long end, String text) {
    var turn =
        new TurnResult(
            0,
            7,
            2,
            1,
            submit * MILLI,
            OptionalLong.of(first * MILLI),
            OptionalLong.of(end * MILLI),
            text,
            true,
            Optional.empty(),
            List.of());
    return new SessionResult(play(recording, arm), List.of(turn), Optional.empty());
  }

  static SessionResult failed(Recording recording, String arm, String code) {
    var turn =
        new TurnResult(
            0,
            7,
            0,
            0,
            0,
            OptionalLong.empty(),
            OptionalLong.empty(),
            "",
            false,
            Optional.of(code),
            List.of());
    return new SessionResult(play(recording, arm), List.of(turn), Optional.of(code));
  }

  static SessionResult session(Recording recording, String arm, TurnResult turn) {
    return new SessionResult(play(recording, arm), List.of(turn), Optional.empty());
  }

  private static Play play(Recording recording, String arm) {
    return play(recording, Arm.named(arm));
  }

  private static Play play(Recording recording, Arm arm) {
    return new Play(recording.id() + "-" + arm.name(), recording, arm, Duration.ZERO);
  }
}
