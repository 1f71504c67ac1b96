package io.livemind.replay.record;

import io.livemind.replay.recording.Recording;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Fragment;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Recorders of all sessions that are followed.
 *
 * <p>Bounded: of more than {@value #SESSION_LIMIT} sessions the one that was quiet longest is
 * forgotten; what was written of it stays.
 *
 * <p>Threading: one thread at a time.
 */
final class Recorder {
  static final int SESSION_LIMIT = 100_000;

  private static final int ID_BYTES = 8;

  private final Predicate<String> wanted;
  private final Map<String, SessionRecorder> sessions = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<String> changed = new LinkedHashSet<>();

  /**
   * @param wanted sessions that are followed
   */
  Recorder(Predicate<String> wanted) {
    this.wanted = wanted;
  }

  void take(String session, Fragment fragment) {
    if (wanted.test(session)) follow(session).take(fragment);
  }

  /** An event of a session that was not opened since the start is passed over. */
  void take(String session, AnswerEvent event) {
    SessionRecorder recorder = sessions.get(session);
    if (recorder == null) return;
    int before = recorder.completeTurns();
    recorder.take(event);
    if (recorder.completeTurns() > before) changed.add(session);
  }

  /** Recordings that have grown by a turn since the last call. */
  List<Recording> takeGrown() {
    var grown = new ArrayList<Recording>();
    for (String session : changed) {
      SessionRecorder recorder = sessions.get(session);
      if (recorder != null) recorder.recording(idOf(session)).ifPresent(grown::add);
    }
    changed.clear();
    return grown;
  }

  /** Names a recording, the same each time, without telling the session's id. */
  static String idOf(String session) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(session.getBytes(StandardCharsets.UTF_8));
      return "session-" + HexFormat.of().formatHex(digest, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private SessionRecorder follow(String session) {
    SessionRecorder recorder = sessions.computeIfAbsent(session, ignored -> new SessionRecorder());
    if (sessions.size() > SESSION_LIMIT) {
      var eldest = sessions.keySet().iterator();
      changed.remove(eldest.next());
      eldest.remove();
    }
    return recorder;
  }
}
