package io.livemind.replay.play;

import io.livemind.replay.Arm;
import io.livemind.replay.recording.Recording;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * One recording in one arm, as one session.
 *
 * @param sessionId 128 random bits, base64url
 * @param recording to be typed; where it has outputs of the arm, answers are compared with them
 * @param arm in which it is replayed
 * @param startOffset from the start of the replay to the start of the session; real time, not
 *     divided by the speed
 */
public record Play(String sessionId, Recording recording, Arm arm, Duration startOffset) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ID_BYTES = 16;
  private static final double NANOS_PER_SECOND = 1e9;

  public Play {
    if (startOffset.isNegative())
      throw new IllegalArgumentException("start offset must be 0 or more, is " + startOffset);
  }

  /** Whether the recording has an answer of this arm in every turn. */
  public boolean recorded() {
    return recording.has(arm.outputs());
  }

  /** How long the first prompt is typed, at the recorded speed. */
  public Duration typing() {
    return Duration.ofNanos(
        Math.round(recording.turns().getFirst().typingSeconds() * NANOS_PER_SECOND));
  }

  /** The same play, started at another moment. */
  public Play startingAt(Duration offset) {
    return new Play(sessionId, recording, arm, offset);
  }

  /** A new session, typed as the arm says. */
  public static Play of(Recording recording, Arm arm, Duration startOffset) {
    byte[] id = new byte[ID_BYTES];
    RANDOM.nextBytes(id);
    String sessionId = Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    return new Play(sessionId, arm.typing().of(recording), arm, startOffset);
  }

  /**
   * Every recording in every arm of which it has outputs. The arms of a recording start together,
   * each recording a stagger after the one before.
   */
  public static List<Play> all(List<Recording> recordings, List<Arm> arms, Duration stagger) {
    var plays = new ArrayList<Play>();
    for (int i = 0; i < recordings.size(); i++)
      for (Arm arm : arms)
        if (recordings.get(i).has(arm.outputs()))
          plays.add(of(recordings.get(i), arm, stagger.multipliedBy(i)));
    return plays;
  }
}
