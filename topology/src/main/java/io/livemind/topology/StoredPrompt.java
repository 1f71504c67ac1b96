package io.livemind.topology;

import io.livemind.schemas.TextHash;
import io.livemind.topology.session.PromptView;
import io.livemind.topology.state.SessionStore;
import io.livemind.topology.typing.TypedPrompt;

/** The typed prompt as the session machine may see it. */
record StoredPrompt(SessionStore store, String session, TypedPrompt typed) implements PromptView {

  @Override
  public int turn() {
    return typed.turn();
  }

  @Override
  public int revision() {
    return typed.revision();
  }

  @Override
  public int segments() {
    return typed.segments();
  }

  @Override
  public long hashAt(int segments) {
    if (segments == typed.segments()) return typed.closedHash();
    return segments == 0
        ? TextHash.EMPTY
        : store.segment(session, typed.turn(), segments - 1).hash();
  }
}
