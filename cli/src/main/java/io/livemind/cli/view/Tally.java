package io.livemind.cli.view;

import java.time.Duration;
import java.util.Locale;

/**
 * How far a replay is, in one line.
 *
 * <p>Threading: guarded by the view that owns it.
 */
final class Tally {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final String heading;
  private final int sessions;
  private final long startNanos;
  private final Duration typing;
  private long firstKeyNanos;
  private String phase = "starting";
  private int started;
  private int ended;

  /**
   * @param heading what is played, and how
   * @param sessions of the replay
   * @param startNanos monotonic
   * @param typing how long it takes from the first key to the last
   */
  Tally(String heading, int sessions, long startNanos, Duration typing) {
    this.heading = heading;
    this.sessions = sessions;
    this.startNanos = startNanos;
    this.typing = typing;
  }

  void phase(String doing) {
    phase = doing;
  }

  void started(long nanos) {
    if (started == 0) firstKeyNanos = nanos;
    started++;
  }

  void ended() {
    ended++;
  }

  /** For example {@code replay: 12 of 36 sessions over, typed in 1:05 · 21 s}. */
  String line(long nanos) {
    long seconds = (nanos - startNanos) / NANOS_PER_SECOND;
    return heading + " · " + (started == 0 ? phase : progress(nanos)) + " · " + seconds + " s";
  }

  private String progress(long nanos) {
    String over = String.format(Locale.ROOT, "%d of %d sessions over", ended, sessions);
    long left = typing.toSeconds() - (nanos - firstKeyNanos) / NANOS_PER_SECOND;
    return left <= 0
        ? over + ", all is typed"
        : over + String.format(Locale.ROOT, ", typed in %d:%02d", left / 60, left % 60);
  }
}
