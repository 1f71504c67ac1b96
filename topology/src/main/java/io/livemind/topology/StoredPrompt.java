package io.livemind.topology;

import io.livemind.schemas.TextHash;
import io.livemind.schemas.avro.DraftWhen;
import io.livemind.topology.session.DraftText;
import io.livemind.topology.session.PromptView;
import io.livemind.topology.session.Submission;
import io.livemind.topology.state.SessionStore;
import io.livemind.topology.typing.TypedPrompt;

/** The typed prompt and the history as the session machine may see them. */
public record StoredPrompt(SessionStore store, String session, TypedPrompt typed)
    implements PromptView {

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
  public boolean looksComplete(DraftWhen when) {
    boolean code = typed.carry().fence() != 0;
    if (when == DraftWhen.SENTENCE && code) return false;
    return typed.openText().isBlank()
        ? typed.segments() > 0
        : DraftText.looksComplete(typed.openText(), when);
  }

  @Override
  public long typedAtMillis() {
    return typed.typedAtMillis();
  }

  @Override
  public String text() {
    return String.join(
            "", store.segmentTexts(session, typed.turn(), typed.revision(), typed.segments()))
        + typed.openText();
  }

  @Override
  public String textOf(Submission submission) {
    return String.join(
        "",
        store.segmentTexts(
            session, submission.turn(), submission.revision(), submission.segments()));
  }

  @Override
  public History history() {
    return store
        .history(session)
        .map(stored -> new History(stored.getFirstTurn(), stored.getTokens()))
        .orElse(new History(0, 0));
  }

  @Override
  public int lengthAt(int segments) {
    if (segments == typed.segments()) return typed.closedLength();
    return segments == 0
        ? 0
        : store.segment(session, typed.turn(), typed.revision(), segments - 1).end();
  }

  @Override
  public long hashAt(int segments) {
    if (segments == typed.segments()) return typed.closedHash();
    return segments == 0
        ? TextHash.EMPTY
        : store.segment(session, typed.turn(), typed.revision(), segments - 1).hash();
  }
}
