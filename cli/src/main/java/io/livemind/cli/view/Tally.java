package io.livemind.cli.view;

import java.util.Locale;

/**
 * How far a replay is, in one line.
 *
 * <p>Threading: guarded by the view that owns it.
 */
final class Tally {
  private final String heading;
  private final int sessions;
  private final long startNanos;
  private String phase = "starting";
  private int started;
  private int ended;

  /**
   * @param heading what is played, and how
   * @param sessions of the replay
   * @param startNanos monotonic
   */
  Tally(String heading, int sessions, long startNanos) {
    this.heading = heading;
    this.sessions = sessions;
    this.startNanos = startNanos;
  }

  void phase(String doing) {
    phase = doing;
  }

  void started() {
    started++;
  }

  void ended() {
    ended++;
  }

  /** For example {@code demo: 36 sessions, 12 over, 21 s}. */
  String line(long nanos) {
    long seconds = (nanos - startNanos) / 1_000_000_000;
    String progress =
        started == 0
            ? phase
            : String.format(Locale.ROOT, "%d of %d sessions over", ended, sessions);
    return heading + " · " + progress + " · " + seconds + " s";
  }
}
