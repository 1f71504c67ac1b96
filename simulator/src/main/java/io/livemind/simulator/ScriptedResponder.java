package io.livemind.simulator;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Serves a list of replies in the order in which calls arrive, and again from the beginning.
 *
 * <p>Threading: any thread.
 */
final class ScriptedResponder implements Responder {
  private final List<ScriptedReply> script;
  private final AtomicLong served = new AtomicLong();

  /**
   * @param script not empty
   */
  ScriptedResponder(List<ScriptedReply> script) {
    this.script = List.copyOf(script);
  }

  @Override
  public Reply reply(ChatCall call) {
    ScriptedReply next = script.get((int) (served.getAndIncrement() % script.size()));
    return new Reply(
        next.text(),
        next.completionTokens(),
        OptionalInt.empty(),
        Optional.empty(),
        true,
        next.fault(),
        Reply.Delivery.IGNORED);
  }
}
