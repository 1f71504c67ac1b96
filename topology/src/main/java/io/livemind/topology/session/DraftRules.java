package io.livemind.topology.session;

import io.livemind.schemas.avro.ControlCommand;
import io.livemind.schemas.avro.DraftEnded;
import io.livemind.schemas.avro.DraftHeld;
import io.livemind.schemas.avro.DraftStarted;
import io.livemind.schemas.avro.ModelUsage;
import io.livemind.topology.session.Flight.Purpose;
import io.livemind.topology.session.Phase.Composing;
import io.livemind.topology.session.Phase.Drafting;
import io.livemind.topology.session.SessionEvent.Concluded;

/**
 * Draft answers: when the prompt looks complete and the typing pauses, one answer is asked for in
 * advance. It is released when the submitted text is the text that it answers, and dropped when the
 * text changes.
 */
final class DraftRules {
  private static final ModelUsage NO_USAGE = ModelUsage.newBuilder().build();

  private final Moves moves;
  private final ThinkingRules thinking;

  DraftRules(Moves moves, ThinkingRules thinking) {
    this.moves = moves;
    this.thinking = thinking;
  }

  /** When a draft is due; {@link Long#MAX_VALUE}: none is. */
  long dueAtMillis() {
    int pause = moves.options.getDraftPauseMillis();
    boolean wanted =
        pause > 0
            && thinking.mayThink()
            && moves.prompt.looksComplete(moves.options.getDraftWhen());
    if (!wanted) return Long.MAX_VALUE;
    long due = moves.prompt.typedAtMillis() + pause;
    boolean paused = due <= moves.nowMillis();
    return paused && moves.state.draft().isPresent() && isKnown() ? Long.MAX_VALUE : due;
  }

  /** Whether the latest draft answers what is typed now. */
  private boolean isKnown() {
    long hash = DraftText.essenceHash(moves.prompt.text());
    return moves.state.draft().filter(draft -> draft.textHash() == hash).isPresent();
  }

  /** Asks for a draft, if one is due. */
  void draft() {
    if (moves.moment.overloaded() || dueAtMillis() > moves.nowMillis()) return;
    long hash = DraftText.essenceHash(moves.prompt.text());
    Flight flight =
        moves.flight(Purpose.DRAFT, moves.prompt.revision(), moves.prompt.segments(), hash);
    moves.state = moves.state.with(Draft.asked(hash));
    moves.call(new Drafting(flight), flight);
    moves.publish(moves.state.turn(), new DraftStarted(flight.step()));
  }

  /** The text may have changed: a draft that answers another text is dropped. */
  void typed() {
    boolean open = moves.state.phase() instanceof Drafting || moves.state.heldAnswer().isPresent();
    if (open && !isKnown()) drop(NO_USAGE);
  }

  /** What came before the release is held; whoever types meanwhile does not wait for it. */
  void concluded(Flight flight, Concluded outcome) {
    boolean good = outcome.failure().isEmpty() && outcome.inputHash() == flight.inputHash();
    if (good) {
      var held =
          new Draft.Answer(
              flight.step(),
              outcome.attempt(),
              outcome.executionId(),
              outcome.text(),
              outcome.usage());
      moves.state = moves.state.with(current().answered(held)).in(new Composing());
      moves.publish(moves.state.turn(), new DraftHeld(flight.step()));
    } else {
      drop(outcome.usage());
    }
  }

  private Draft current() {
    return moves
        .state
        .draft()
        .orElseThrow(() -> new IllegalStateException("no draft was asked for"));
  }

  /**
   * The prompt is complete: the draft becomes its answer, if it answers this text.
   *
   * @return whether it did
   */
  boolean submitted(Submission submission) {
    boolean running =
        moves.state.phase() instanceof Drafting drafting
            && drafting.flight().execution().isPresent();
    boolean held = moves.state.heldAnswer().isPresent();
    if (moves.state.phase() instanceof Drafting && !running) {
      moves.idle();
      return false;
    }
    if (!running && !held) return false;
    if (DraftText.essenceHash(moves.prompt.textOf(submission)) != current().textHash()) {
      drop(NO_USAGE);
      return false;
    }
    if (moves.state.phase() instanceof Drafting drafting) {
      Flight released = drafting.flight().released(submission);
      moves.state = moves.state.in(drafting.released(submission));
      moves.tell(released, ControlCommand.RELEASE);
    } else {
      moves.state.heldAnswer().ifPresent(this::show);
    }
    return true;
  }

  private void show(Draft.Answer answer) {
    moves.publish(moves.state.turn(), new DraftEnded(answer.step(), true, answer.usage()));
    moves.completed(answer.attempt(), answer.execution(), answer.text(), answer.usage());
  }

  /** Stops a draft that runs, lets go of one that is held, and tells what it cost. */
  void drop(ModelUsage usage) {
    Draft draft = current();
    int step = draft.answer().map(Draft.Answer::step).orElse(-1);
    ModelUsage cost = draft.answer().map(Draft.Answer::usage).orElse(usage);
    if (moves.state.phase() instanceof Drafting drafting) {
      step = drafting.flight().step();
      moves.cancelFlight();
      moves.idle();
    }
    draft
        .answer()
        .ifPresent(
            answer ->
                moves.state =
                    moves.state.with(
                        moves.state.spending().wasted(answer.usage(), answer.text().length())));
    moves.state = moves.state.with(draft.dropped());
    moves.publish(moves.state.turn(), new DraftEnded(step, false, cost));
  }
}
