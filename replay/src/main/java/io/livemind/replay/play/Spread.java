package io.livemind.replay.play;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Start moments that spread sessions over a window, so that as many people type at any moment as at
 * any other, as far as that goes: each session is typed wholly within the window.
 *
 * <p>The starts are the same each time. They follow the golden ratio, which fills a window evenly
 * however many there are, and keeps neighbours apart: recordings are typed in steps of 250 ms, so
 * sessions that start together would be heard together.
 */
public final class Spread {
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  private Spread() {}

  /**
   * Offsets of the starts, in the order of the sessions.
   *
   * @param typing how long each session is typed
   * @param window a longer session starts at once
   */
  public static List<Duration> starts(List<Duration> typing, Duration window) {
    var starts = new ArrayList<Duration>();
    for (int i = 0; i < typing.size(); i++) {
      double share = (i * GOLDEN) % 1;
      long room = Math.max(0, window.minus(typing.get(i)).toNanos());
      starts.add(Duration.ofNanos(Math.round(share * room)));
    }
    return starts;
  }
}
