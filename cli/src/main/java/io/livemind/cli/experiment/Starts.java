package io.livemind.cli.experiment;

import io.livemind.replay.play.Play;
import io.livemind.replay.play.Spread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** When the sessions of an experiment start. */
public sealed interface Starts {

  /**
   * The same plays with their starts.
   *
   * @param plays all arms of a recording, then those of the next
   * @param speed of the typing
   */
  List<Play> of(List<Play> plays, double speed);

  /**
   * Each recording so much after the one before, in all its arms.
   *
   * @param each between the starts of two recordings; real time
   */
  record Staggered(Duration each) implements Starts {
    public Staggered {
      if (each.isNegative())
        throw new IllegalArgumentException("stagger must be 0 or more, but is " + each);
    }

    @Override
    public List<Play> of(List<Play> plays, double speed) {
      var started = new ArrayList<Play>();
      int recordings = -1;
      String last = "";
      for (Play play : plays) {
        if (!play.recording().id().equals(last)) recordings++;
        last = play.recording().id();
        started.add(play.startingAt(each.multipliedBy(recordings)));
      }
      return started;
    }
  }

  /**
   * Spread over a window, so that about as many people type at any moment: see {@link Spread}.
   *
   * @param fragmentsPerSecond mean rate; makes the window longer than the longest session where
   *     that would be exceeded
   */
  record Even(int fragmentsPerSecond) implements Starts {
    public Even {
      if (fragmentsPerSecond < 1)
        throw new IllegalArgumentException(
            "fragments per second must be at least 1, but are " + fragmentsPerSecond);
    }

    @Override
    public List<Play> of(List<Play> plays, double speed) {
      List<Duration> typing = plays.stream().map(play -> typing(play, speed)).toList();
      return spread(plays, speed, window(plays, typing));
    }

    private Duration window(List<Play> plays, List<Duration> typing) {
      long fragments =
          plays.stream()
              .flatMap(play -> play.recording().turns().stream())
              .mapToLong(turn -> turn.typing().size())
              .sum();
      Duration bearable = Duration.ofMillis(1_000 * fragments / fragmentsPerSecond);
      Duration longest = typing.stream().max(Duration::compareTo).orElse(Duration.ZERO);
      return bearable.compareTo(longest) > 0 ? bearable : longest;
    }
  }

  /**
   * Spread evenly over a window, in which each session is typed.
   *
   * @param window a longer session starts at once
   */
  record Within(Duration window) implements Starts {
    @Override
    public List<Play> of(List<Play> plays, double speed) {
      return spread(plays, speed, window);
    }
  }

  private static List<Play> spread(List<Play> plays, double speed, Duration window) {
    List<Duration> typing = plays.stream().map(play -> typing(play, speed)).toList();
    List<Duration> starts = Spread.starts(typing, window);
    var started = new ArrayList<Play>();
    for (int i = 0; i < plays.size(); i++) started.add(plays.get(i).startingAt(starts.get(i)));
    return started;
  }

  /** How long the first prompt of a play is typed at a speed. */
  static Duration typing(Play play, double speed) {
    return Duration.ofNanos(Math.round(play.typing().toNanos() / speed));
  }
}
