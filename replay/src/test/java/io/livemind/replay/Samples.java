package io.livemind.replay;

import io.livemind.replay.recording.ArmOutputs;
import io.livemind.replay.recording.ModelReply;
import io.livemind.replay.recording.RecordedFigures;
import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.Recording.Turn;
import io.livemind.replay.recording.TypingEvent;
import io.livemind.replay.recording.TypingEvent.Submitted;
import io.livemind.replay.recording.TypingEvent.Typed;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small recordings for tests. */
public final class Samples {
  private Samples() {}

  /**
   * A recording of one turn: "one " at 1 s, "two" at 2 s, submit at 3 s; outputs for the demo's
   * three arms.
   */
  public static Recording recording(String id) {
    return new Recording(id, "Title of " + id, "en", List.of(turn(0)));
  }

  /** A recording of two such turns, 4 s apart. */
  public static Recording twoTurns(String id) {
    return new Recording(id, "Title of " + id, "en", List.of(turn(0), turn(4)));
  }

  /** The same prompt, and nothing known of what models said. */
  public static Recording unanswered(String id) {
    var turn = new Turn(0, typing(), Optional.empty(), Map.of());
    return new Recording(id, "Title of " + id, "en", List.of(turn));
  }

  /** As many model calls and seconds of latency as wanted, in the arms live and conventional. */
  public static Recording timed(String id, int calls, double live, double conventional) {
    List<ModelReply> inferences =
        Collections.nCopies(calls - 1, ModelReply.of("action inference. x", 10, 5));
    var outputs =
        Map.of(
            "live",
            new ArmOutputs(inferences, answer("live"), figures(live)),
            "conventional",
            new ArmOutputs(List.of(), answer("conventional"), figures(conventional)));
    var turn = new Turn(0, typing(), Optional.empty(), outputs);
    return new Recording(id, "Title of " + id, "en", List.of(turn));
  }

  private static Turn turn(double pauseSeconds) {
    List<ModelReply> inferences = List.of(ModelReply.of("action inference. It counts.", 20, 6));
    Map<String, ArmOutputs> outputs =
        Map.of(
            "live", new ArmOutputs(inferences, answer("live"), Optional.empty()),
            "collaborative", new ArmOutputs(inferences, answer("collaborative"), Optional.empty()),
            "conventional", new ArmOutputs(List.of(), answer("conventional"), Optional.empty()));
    return new Turn(pauseSeconds, typing(), Optional.empty(), outputs);
  }

  private static List<TypingEvent> typing() {
    return List.of(new Typed(1, "one "), new Typed(2, "two"), new Submitted(3));
  }

  private static ModelReply answer(String arm) {
    return ModelReply.of("answer of " + arm, 30, 4);
  }

  private static Optional<RecordedFigures> figures(double latencySeconds) {
    return Optional.of(new RecordedFigures(latencySeconds, latencySeconds, 0, Optional.of(true)));
  }
}
