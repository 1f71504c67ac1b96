package io.livemind.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves recorded sessions, and is no echo: a call gets its reply only if its messages show that
 * the pipeline carried prompt and inferences whole and in order.
 *
 * <p>Threading: any thread.
 */
final class RecordedResponder implements Responder {
  private final Map<String, RecordedProgress> sessions = new ConcurrentHashMap<>();

  /** From the beginning, also if the session was registered before. */
  void register(String sessionId, RecordedSession session) {
    sessions.put(sessionId, new RecordedProgress(session));
  }

  void forget(String sessionId) {
    sessions.remove(sessionId);
  }

  boolean knows(String sessionId) {
    return sessions.containsKey(sessionId);
  }

  Optional<RecordedCounts> counts(String sessionId) {
    return Optional.ofNullable(sessions.get(sessionId)).map(RecordedProgress::counts);
  }

  @Override
  public Reply reply(ChatCall call) throws RefusedException {
    String session = call.session().orElse("");
    RecordedProgress progress = sessions.get(session);
    if (progress == null)
      throw new RefusedException(
          ApiError.ruleBroken(RecordedRule.HEADERS, "the session is not registered, or no longer"));
    return progress.reply(call);
  }
}
