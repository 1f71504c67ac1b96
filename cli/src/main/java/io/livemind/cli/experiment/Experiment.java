package io.livemind.cli.experiment;

import io.livemind.replay.Arm;
import io.livemind.replay.play.Play;
import io.livemind.replay.play.PlayerConfig;
import io.livemind.replay.recording.Keystrokes;
import io.livemind.replay.recording.Recording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is played.
 *
 * @param recordings that have outputs of at least one of the arms
 * @param arms in which each recording is replayed
 * @param typingSpeed divides the recorded typing times
 * @param modelSpeed divides the simulated time of the models
 * @param starts when each session starts
 * @param warmUp whether the pipeline is made warm before the first key: a cold one would be
 *     measured otherwise where many sessions start at once
 * @param keys whether a fragment leaves with each key, not with each word
 * @param damage what is broken on purpose, if anything is
 * @param deployment that is typed into; empty: a pipeline of its own, in this process
 * @see PlayerConfig for what the typing speed may be
 */
public record Experiment(
    List<Recording> recordings,
    List<Arm> arms,
    double typingSpeed,
    double modelSpeed,
    Starts starts,
    boolean warmUp,
    boolean keys,
    Optional<Damage> damage,
    Optional<Deployment> deployment) {
  /** Behind the deadline of the pipeline, which tells more. */
  private static final Duration BEHIND_PIPELINE = Duration.ofSeconds(15);

  public Experiment {
    recordings = List.copyOf(recordings);
    arms = List.copyOf(arms);
    player(arms, typingSpeed);
  }

  /** A recording in an arm, in a pipeline of its own in this process. */
  public static Experiment of(
      List<Recording> recordings,
      List<Arm> arms,
      double typingSpeed,
      double modelSpeed,
      Starts starts,
      boolean warmUp) {
    return new Experiment(
        recordings,
        arms,
        typingSpeed,
        modelSpeed,
        starts,
        warmUp,
        false,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * One session for each recording and arm of which it has outputs; one for each arm where it has
   * none at all: then the models must be real, or reply to free text.
   */
  public List<Play> plays() {
    var together = new ArrayList<Play>();
    for (Recording recorded : recordings) {
      Recording recording = keys ? Keystrokes.of(recorded) : recorded;
      for (Arm arm : arms)
        if (recording.has(arm.outputs()) || !recording.hasOutputs())
          together.add(Play.of(recording, arm, Duration.ZERO));
    }
    return starts.of(together, typingSpeed);
  }

  /** When the last prompt of a first turn is complete, from the first key on. */
  public static Duration typingEnds(List<Play> plays, double speed) {
    return plays.stream()
        .map(play -> play.startOffset().plus(Starts.typing(play, speed)))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** How it is played. */
  PlayerConfig player() {
    return player(arms, typingSpeed);
  }

  private static PlayerConfig player(List<Arm> arms, double speed) {
    int longestMillis =
        arms.stream().mapToInt(arm -> arm.options().getTurnDeadlineMillis()).max().orElse(0);
    return new PlayerConfig(speed, Duration.ofMillis(longestMillis).plus(BEHIND_PIPELINE));
  }
}
