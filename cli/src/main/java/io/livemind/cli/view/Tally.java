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

  /** For example {@code replay · typed in 1:05, 12 of 36 sessions over · 21 s}. */
  String line(long nanos) {
    long seconds = (nanos - startNanos) / NANOS_PER_SECOND;
    return heading + " · " + (started == 0 ? phase : progress(nanos)) + " · " + seconds + " s";
  }

  /** The time first: a narrow terminal cuts the end off. */
  private String progress(long nanos) {
    long left = typing.toSeconds() - (nanos - firstKeyNanos) / NANOS_PER_SECOND;
    String typed =
        left <= 0
            ? "all is typed"
            : String.format(Locale.ROOT, "typed in %d:%02d", left / 60, left % 60);
    return typed + String.format(Locale.ROOT, ", %d of %d sessions over", ended, sessions);
  }
}
