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

/** Sessions of made-up text that take a JVM through all that it will do, and show nothing. */
final class WarmUp {
  /** Typed at it, a session takes about two seconds and the time of its models. */
  static final double SPEED = 25;

  private static final double SECONDS_PER_CHARACTER = 0.25;
  private static final int RECORDINGS = 12;
  private static final int SENTENCES = 8;
  private static final String[] WORDS = {"This ", "is ", "only ", "a ", "rehearsal. "};
  private static final Duration STAGGER = Duration.ofMillis(40);

  private WarmUp() {}

  /** Sessions of one round, in every arm. */
  static List<Play> round(List<Arm> arms) {
    Recording recording = recording(arms);
    return Play.all(Collections.nCopies(RECORDINGS, recording), arms, STAGGER);
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
