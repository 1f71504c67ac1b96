package io.livemind.cli.experiment;

import io.livemind.replay.Arm;
import io.livemind.replay.play.Play;
import io.livemind.replay.recording.ArmOutputs;
import io.livemind.replay.recording.ModelReply;
import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.Recording.Turn;
import io.livemind.replay.recording.TypingEvent;
import io.livemind.replay.recording.TypingEvent.Submitted;
import io.livemind.replay.recording.TypingEvent.Typed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Sessions of made-up text that take a JVM through all that it will do, and show nothing.
 *
 * @param recordings played at once, each in every arm
 * @param speed of the typing; at 25 a prompt takes about two seconds
 */
record WarmUp(int recordings, double speed) {
  /** More than two cores can bear, so that what is used often is compiled soon. */
  static final WarmUp HARD = new WarmUp(12, 25);

  /** Little enough to see what the pipeline adds when it has time. */
  static final WarmUp GENTLE = new WarmUp(3, 15);

  private static final double SECONDS_PER_CHARACTER = 0.25;
  private static final int SENTENCES = 8;
  private static final String[] WORDS = {"This ", "is ", "only ", "a ", "rehearsal. "};
  private static final Duration STAGGER = Duration.ofMillis(40);

  /** The sessions of one round. */
  List<Play> plays(List<Arm> arms) {
    return Play.all(Collections.nCopies(recordings, recording(arms)), arms, STAGGER);
  }

  private static Recording recording(List<Arm> arms) {
    Map<String, ArmOutputs> outputs =
        arms.stream()
            .collect(Collectors.toMap(Arm::outputs, WarmUp::outputs, (same, again) -> same));
    var turn = new Turn(0, typing(), Optional.empty(), outputs);
    return new Recording("warm-up", "Warm-up", "en", List.of(turn));
  }

  private static List<TypingEvent> typing() {
    var events = new ArrayList<TypingEvent>();
    double seconds = 0;
    for (int sentence = 0; sentence < SENTENCES; sentence++)
      for (String word : WORDS) {
        seconds += word.length() * SECONDS_PER_CHARACTER;
        events.add(new Typed(seconds, word));
      }
    events.add(new Submitted(seconds));
    return events;
  }

  private static ArmOutputs outputs(Arm arm) {
    ModelReply inference = ModelReply.of("action inference. It is a rehearsal.", 10, 4);
    List<ModelReply> inferences =
        arm.live() ? Collections.nCopies(SENTENCES, inference) : List.of();
    ModelReply answer = ModelReply.of("Then the curtain may rise. ".repeat(4).strip(), 10, 20);
    return new ArmOutputs(inferences, answer, Optional.empty());
  }
}
