package io.livemind.cli.experiment;

import io.livemind.replay.Arm;
import io.livemind.replay.play.Play;
import io.livemind.replay.play.PlayerConfig;
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
 * @param stagger between the starts of two recordings; real time
 * @param armStagger between the starts of two arms of a recording; real time. Arms that start
 *     together are typed and submitted in the same moments, which is good to look at, and a burst
 *     that nobody would see in service
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
    Duration armStagger,
    boolean warmUp,
    Optional<Damage> damage) {
  /** Behind the deadline of the pipeline, which tells more. */
  private static final Duration BEHIND_PIPELINE = Duration.ofSeconds(15);

  public Experiment {
    recordings = List.copyOf(recordings);
    arms = List.copyOf(arms);
    player(arms, typingSpeed);
  }

  /** One session for each recording and arm of which it has outputs. */
  public List<Play> plays() {
    var plays = new ArrayList<Play>();
    for (int i = 0; i < recordings.size(); i++) {
      Duration start = stagger.multipliedBy(i);
      for (Arm arm : arms) {
        if (!recordings.get(i).has(arm.outputs())) continue;
        plays.add(Play.of(recordings.get(i), arm, start));
        start = start.plus(armStagger);
      }
    }
    return plays;
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
