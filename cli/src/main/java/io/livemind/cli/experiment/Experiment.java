package io.livemind.cli.experiment;

import io.livemind.replay.Arm;
import io.livemind.replay.play.Play;
import io.livemind.replay.play.PlayerConfig;
import io.livemind.replay.recording.Recording;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is played.
 *
 * @param recordings that have outputs of at least one of the arms
 * @param arms in which each recording is replayed, all at once
 * @param typingSpeed divides the recorded typing times
 * @param modelSpeed divides the simulated time of the models
 * @param stagger between the starts of two recordings; real time
 * @param warmUp whether the pipeline is made warm before the first key: a cold one would be
 *     measured otherwise where many sessions start at once
 * @param damage what is broken on purpose, if anything is
 * @see PlayerConfig for what the typing speed may be
 */
public record Experiment(
    List<Recording> recordings,
    List<Arm> arms,
    double typingSpeed,
    double modelSpeed,
    Duration stagger,
    boolean warmUp,
    Optional<Damage> damage) {
  /** Behind the deadline of the pipeline, which tells more. */
  private static final Duration BEHIND_PIPELINE = Duration.ofSeconds(15);

  public Experiment {
    recordings = List.copyOf(recordings);
    arms = List.copyOf(arms);
    player(arms, typingSpeed);
  }

  /** One session a recording and arm. */
  public List<Play> plays() {
    return Play.all(recordings, arms, stagger);
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
