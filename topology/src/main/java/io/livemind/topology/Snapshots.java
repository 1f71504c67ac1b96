package io.livemind.topology;

import io.livemind.schemas.ActionReply;
import io.livemind.schemas.avro.ActionSet;
import io.livemind.schemas.avro.Snapshot;
import io.livemind.schemas.avro.SnapshotInference;
import io.livemind.schemas.avro.SnapshotTurn;
import io.livemind.topology.prompt.Conversation.Inference;
import io.livemind.topology.session.SessionState;
import io.livemind.topology.session.Submission;
import io.livemind.topology.state.Head;
import io.livemind.topology.state.SessionStore;
import io.livemind.topology.state.avro.StoredTurn;
import io.livemind.topology.typing.TypedPrompt;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A session as it stands, for a reader that begins in its middle: what was typed and concluded, the
 * writer's next number, the latest finished turns, and where the rest comes. Linear in what it
 * shows.
 */
final class Snapshots {
  /** UTF-16 units of the finished turns; a record of the topic holds 1 MB. */
  static final int LONGEST_TURNS = 131_072;

  private final SessionStore store;

  Snapshots(SessionStore store) {
    this.store = store;
  }

  Snapshot of(String session, Head head, String request) {
    TypedPrompt prompt = head.prompt();
    SessionState state = head.state();
    String answered = state.submission().map(submission -> text(session, submission)).orElse("");
    return new Snapshot(
        request,
        prompt.writer(),
        prompt.nextSequence(),
        prompt.turn(),
        store.segmentTexts(session, prompt.turn(), prompt.revision(), prompt.segments()),
        prompt.openText(),
        answered,
        memory(session, state),
        turns(session, state.turn()),
        state.submission().isPresent(),
        head.answersPartition());
  }

  private String text(String session, Submission submission) {
    return String.join(
        "",
        store.segmentTexts(
            session, submission.turn(), submission.revision(), submission.segments()));
  }

  private List<SnapshotInference> memory(String session, SessionState state) {
    return store.inferences(session, state.turn(), state.progress().rememberedSteps()).stream()
        .map(inference -> new SnapshotInference(inference.segments(), text(inference)))
        .toList();
  }

  private static String text(Inference inference) {
    return ActionReply.parse(inference.reply(), ActionSet.COMPLETE)
        .map(ActionReply::text)
        .orElse(inference.reply());
  }

  /** The latest turns that fit, in order. */
  private List<SnapshotTurn> turns(String session, int before) {
    Deque<SnapshotTurn> turns = new ArrayDeque<>();
    int length = 0;
    for (int turn = before - 1; turn >= 0; turn--) {
      var stored = store.turn(session, turn);
      if (stored.isEmpty()) break;
      StoredTurn past = stored.get();
      length += past.getPrompt().length() + past.getAnswer().length();
      if (length > LONGEST_TURNS) break;
      turns.addFirst(
          new SnapshotTurn(
              past.getTurn(),
              past.getPrompt(),
              past.getAnswer(),
              past.getInterrupted(),
              past.getFailure().orElse(null)));
    }
    return List.copyOf(turns);
  }
}
