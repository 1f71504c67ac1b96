package io.livemind.topology;

import io.livemind.topology.state.SessionStore;
import io.livemind.topology.typing.PromptChange;
import io.livemind.topology.typing.TypedPrompt;
import java.util.List;

/** Keeps the stored segments of a prompt as it is typed. */
final class StoredSegments {
  private final SessionStore store;

  StoredSegments(SessionStore store) {
    this.store = store;
  }

  /** Stores what the changes did to this prompt. */
  void change(String session, TypedPrompt before, List<PromptChange> changes) {
    int revision = before.revision();
    for (PromptChange change : changes) {
      switch (change) {
        case PromptChange.SegmentAdded added ->
            store.putSegment(session, added.turn(), revision, added.segment());
        case PromptChange.Reopened reopened -> {
          revision = reopened.revision();
          store.forgetSegments(session, reopened.turn(), reopened.keptSegments(), revision);
        }
        case PromptChange.Submitted _ -> revision = 0;
        case PromptChange.CancelRequested _,
            PromptChange.DeleteRequested _,
            PromptChange.Refused _,
            PromptChange.Repeated _ -> {}
      }
    }
  }
}
