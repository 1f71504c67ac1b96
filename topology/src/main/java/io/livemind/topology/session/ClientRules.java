package io.livemind.topology.session;

import io.livemind.schemas.avro.OnSubmit;
import io.livemind.schemas.avro.Rejected;
import io.livemind.schemas.avro.Revised;
import io.livemind.schemas.avro.SegmentClosed;
import io.livemind.topology.session.Phase.Answering;
import io.livemind.topology.session.Phase.AwaitingInference;
import io.livemind.topology.session.Phase.Composing;
import io.livemind.topology.session.Phase.Drafting;
import io.livemind.topology.session.Phase.Retrying;
import io.livemind.topology.session.Phase.Stopping;
import io.livemind.topology.session.Phase.Thinking;
import io.livemind.topology.typing.PromptChange;
import java.util.List;

/** What becomes of a session when its client types, edits, submits, cancels or deletes. */
final class ClientRules {
  private final SessionTimes times;
  private final Moves moves;
  private final DraftRules drafts;
  private final Runnable repeatOutputs;

  ClientRules(SessionTimes times, Moves moves, DraftRules drafts, Runnable repeatOutputs) {
    this.times = times;
    this.moves = moves;
    this.drafts = drafts;
    this.repeatOutputs = repeatOutputs;
  }

  void typed(List<PromptChange> changes) {
    changes.forEach(this::changed);
    if (moves.state.submission().isEmpty() && moves.prompt.turn() == moves.state.turn())
      drafts.typed();
  }

  private void changed(PromptChange change) {
    switch (change) {
      case PromptChange.SegmentAdded added -> segmentAdded(added);
      case PromptChange.Reopened reopened -> reopened(reopened);
      case PromptChange.Submitted submitted -> submitted(submitted);
      case PromptChange.CancelRequested cancel -> cancelRequested(cancel.turn());
      case PromptChange.DeleteRequested _ -> {
        moves.cancelFlight();
        if (!moves.state.spending().equals(Spending.NONE)) moves.reportSpending();
        moves.commands.add(new SessionCommand.DeleteSession());
      }
      case PromptChange.Refused refused ->
          moves.publish(
              moves.prompt.turn(),
              new Rejected(
                  refused.code().code(),
                  refused.writer(),
                  refused.sequence(),
                  refused.expected(),
                  refused.limit().isPresent() ? refused.limit().getAsLong() : null));
      case PromptChange.Repeated _ -> repeatOutputs.run();
    }
  }

  private void segmentAdded(PromptChange.SegmentAdded added) {
    var segment = added.segment();
    moves.publish(
        added.turn(),
        new SegmentClosed(segment.index(), segment.start(), segment.end(), segment.closedBy()));
  }

  /** An edit of closed text: what rests on it is dropped, and a call that reads it is stopped. */
  private void reopened(PromptChange.Reopened reopened) {
    int kept = reopened.keptSegments();
    boolean thoughtAbout = reopened.turn() == moves.state.turn();
    if (thoughtAbout) forgetFrom(kept);
    int keptInferences = thoughtAbout ? moves.state.memory().size() : 0;
    moves.publish(reopened.turn(), new Revised(reopened.revision(), kept, keptInferences));
  }

  private void forgetFrom(int kept) {
    List<Integer> before = moves.state.progress().rememberedSteps();
    moves.state = moves.state.with(moves.state.progress().forgettingFrom(kept));
    int inferences = moves.state.memory().size();
    if (inferences < before.size()) {
      List<Integer> dropped = before.subList(inferences, before.size());
      moves.commands.add(new SessionCommand.Forget(moves.state.turn(), dropped));
    }
    if (moves.state.phase() instanceof Thinking thinking && thinking.reads(kept)) {
      moves.cancelFlight();
      moves.idle();
    }
  }

  private void submitted(PromptChange.Submitted submitted) {
    var complete =
        new Submission(
            submitted.turn(),
            submitted.revision(),
            submitted.segments(),
            submitted.hash(),
            moves.nowMillis());
    if (submitted.turn() > moves.state.turn()) {
      moves.state = moves.state.followedBy(complete);
      stopAnswer();
      return;
    }
    moves.state = moves.state.submitted(complete);
    if (drafts.submitted(complete)) return;
    switch (moves.state.phase()) {
      case Composing _ -> moves.answer();
      case Thinking thinking when isWaitedFor(thinking) ->
          moves.state = moves.state.in(thinking.submitted());
      case Thinking _ -> {
        moves.cancelFlight();
        moves.answer();
      }
      case Drafting _, AwaitingInference _, Answering _, Retrying _, Stopping _ ->
          throw new IllegalStateException("a turn is submitted once");
    }
  }

  /**
   * A task that no worker has taken yet is no running inference, and a summary is not worth waiting
   * for.
   */
  private boolean isWaitedFor(Thinking thinking) {
    return moves.options.getOnSubmit() == OnSubmit.WAIT
        && thinking.flight().purpose() == Flight.Purpose.INFERENCE
        && thinking.flight().execution().isPresent();
  }

  private void cancelRequested(int turn) {
    if (turn == moves.state.turn()) stopAnswer();
    else if (turn < moves.state.turn()) moves.commands.add(new SessionCommand.RepeatEnd(turn));
  }

  private void stopAnswer() {
    switch (moves.state.phase()) {
      case Answering answering when answering.flight().execution().isPresent() -> {
        moves.cancelFlight();
        moves.state = moves.state.in(answering.stop(moves.nowMillis() + times.stopMillis()));
      }
      case Answering _, Retrying _ -> moves.interrupted(0, "", "");
      case AwaitingInference _ -> {
        moves.cancelFlight();
        moves.interrupted(0, "", "");
      }
      case Composing _, Thinking _, Drafting _, Stopping _ -> {}
    }
  }
}
