package io.livemind.topology.session;

import io.livemind.schemas.avro.Mode;
import io.livemind.topology.session.Flight.Purpose;
import io.livemind.topology.session.Phase.Composing;
import io.livemind.topology.session.Phase.Thinking;

/**
 * When to think while the prompt is typed: nothing else is to be done, the budgets allow it, the
 * workers are not busy, and there is enough that no model has read.
 */
final class ThinkingRules {
  /** Share of the context window that the history may take before its beginning is put in short. */
  private static final double LARGEST_HISTORY = 0.5;

  private final Moves moves;

  ThinkingRules(Moves moves) {
    this.moves = moves;
  }

  /** Starts the next call of thinking, if one is due. */
  void think() {
    if (!mayThink() || moves.moment.overloaded()) return;
    if (wantsHistory()) history();
    else if (wantsSummary()) summary();
    else if (wantsInference()) inference();
  }

  /** Whether a call of thinking is due, but for the load. */
  boolean wanted() {
    return mayThink() && (wantsHistory() || wantsSummary() || wantsInference());
  }

  /** Whether a call may be made in advance, if there is a reason for one. */
  boolean mayThink() {
    SessionState state = moves.state;
    return moves.options.getMode() == Mode.LIVE
        && state.phase() instanceof Composing
        && state.submission().isEmpty()
        && state.heldAnswer().isEmpty()
        && moves.prompt.turn() == state.turn()
        && state.progress().inferenceCalls() < moves.options.getMaximumInferencesPerTurn()
        && state.spending().allowsThinking(moves.options);
  }

  private boolean wantsInference() {
    int read = moves.state.progress().readSegments();
    int closed = moves.prompt.segments();
    if (closed <= read) return false;
    int least = moves.options.getMinimumGrowth();
    return least <= 1 || moves.prompt.lengthAt(closed) - moves.prompt.lengthAt(read) >= least;
  }

  private void inference() {
    int segments =
        moves.options.getCoalesce()
            ? moves.prompt.segments()
            : moves.state.progress().readSegments() + 1;
    start(
        moves.flight(
            Purpose.INFERENCE, moves.prompt.revision(), segments, moves.prompt.hashAt(segments)));
  }

  private boolean wantsSummary() {
    int least = moves.options.getSummarizeAfter();
    int inferences = moves.state.memory().size();
    return least > 0
        && inferences >= Math.max(2, least)
        && inferences > moves.state.progress().summarizedAt();
  }

  private void summary() {
    int segments = moves.state.progress().rememberedSegments();
    start(
        moves.flight(
            Purpose.SUMMARY, moves.prompt.revision(), segments, moves.prompt.hashAt(segments)));
  }

  /** Looked at before the first call of a turn only, because each look is a look-up. */
  private boolean wantsHistory() {
    if (moves.options.getContextTokens() == 0
        || moves.state.progress().steps() > 0
        || moves.state.progress().historyTried()
        || moves.state.turn() < 2) return false;
    PromptView.History history = moves.prompt.history();
    return moves.state.turn() - history.firstTurn() >= 2
        && history.tokens() > LARGEST_HISTORY * moves.options.getContextTokens();
  }

  /** Puts the older half of the turns in short. */
  private void history() {
    int first = moves.prompt.history().firstTurn();
    int kept = first + (moves.state.turn() - first + 1) / 2;
    start(moves.flight(Purpose.HISTORY, moves.prompt.revision(), kept, kept));
  }

  private void start(Flight flight) {
    moves.call(new Thinking(flight), flight);
  }
}
