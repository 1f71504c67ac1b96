package io.livemind.simulator;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which responder a call gets: its session's recording, its session's script, the script of all, or
 * the labelled replies to free text.
 *
 * <p>Threading: any thread.
 */
final class Responders {
  private final RecordedResponder recorded = new RecordedResponder();
  private final Map<String, Responder> scripts = new ConcurrentHashMap<>();
  private final Responder otherwise;

  Responders(List<ScriptedReply> script, long seed) {
    this.otherwise = script.isEmpty() ? new FreeTextResponder(seed) : new ScriptedResponder(script);
  }

  RecordedResponder recorded() {
    return recorded;
  }

  void script(String sessionId, List<ScriptedReply> replies) {
    scripts.put(sessionId, new ScriptedResponder(replies));
  }

  void forget(String sessionId) {
    recorded.forget(sessionId);
    scripts.remove(sessionId);
  }

  Reply reply(ChatCall call) throws RefusedException {
    String session = call.session().orElse("");
    if (recorded.knows(session)) return recorded.reply(call);
    Responder script = scripts.get(session);
    return script == null ? otherwise.reply(call) : script.reply(call);
  }
}
