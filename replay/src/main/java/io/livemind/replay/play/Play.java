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
 * @param recording with recorded outputs of the arm in every turn
 * @param arm in which it is replayed
 * @param startOffset from the start of the replay to the start of the session; real time, not
 *     divided by the speed
 */
public record Play(String sessionId, Recording recording, Arm arm, Duration startOffset) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ID_BYTES = 16;

  public Play {
    if (!recording.has(arm.outputs()))
      throw new IllegalArgumentException(
          "recording " + recording.id() + " has no outputs of the arm " + arm.outputs());
    if (startOffset.isNegative())
      throw new IllegalArgumentException("start offset must be 0 or more, is " + startOffset);
  }

  /** A new session. */
  public static Play of(Recording recording, Arm arm, Duration startOffset) {
    byte[] id = new byte[ID_BYTES];
    RANDOM.nextBytes(id);
    String sessionId = Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    return new Play(sessionId, recording, arm, startOffset);
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
