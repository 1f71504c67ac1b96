package io.livemind.topology.session;

import io.livemind.schemas.avro.ControlCommand;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.topology.session.Flight.Purpose;
import io.livemind.topology.session.Phase.Stopping;
import io.livemind.topology.session.SessionEvent.Claimed;
import io.livemind.topology.session.SessionEvent.Concluded;
import io.livemind.topology.session.SessionEvent.LeaseExpired;
import io.livemind.topology.session.SessionEvent.Restored;
import io.livemind.topology.session.SessionEvent.TimePassed;
import io.livemind.topology.session.SessionEvent.Typed;
import java.util.List;

/**
 * The session machine. One instance makes one transition; the rules stand in {@link ClientRules},
 * {@link WorkerRules}, {@link TimeRules}, {@link ThinkingRules} and {@link DraftRules}, by who
 * causes it.
 *
 * <p>Promises: at most one task is in flight; a turn ends exactly once, and only here; an outcome
 * counts only for the execution that was let to run, and for the input that the state holds; what
 * the client deleted before submitting is in no later call; calls and tokens stay within their
 * budgets, and what they cost is told when it is known.
 */
public final class SessionMachine {

  /** The state afterwards, and what is to be done. */
  public record Transition(SessionState state, List<SessionCommand> commands) {}

  private final Moves moves;
  private final ThinkingRules thinking;
  private final DraftRules drafts;
  private final WorkerRules workers;
  private final TimeRules time;
  private final ClientRules client;

  private SessionMachine(SessionTimes times, Moves moves) {
    this.moves = moves;
    thinking = new ThinkingRules(moves);
    drafts = new DraftRules(moves, thinking);
    workers = new WorkerRules(times, moves, drafts);
    time = new TimeRules(times, moves, thinking, drafts, workers);
    client = new ClientRules(times, moves, drafts, this::repeatOutputs);
  }

  /** What becomes of the state when the event happens. */
  public static Transition apply(
      String session,
      SessionOptions options,
      SessionTimes times,
      SessionState state,
      SessionEvent event,
      PromptView prompt,
      Moment moment) {
    var moves = new Moves(session, options, state, prompt, moment);
    new SessionMachine(times, moves).on(event);
    return new Transition(moves.state, List.copyOf(moves.commands));
  }

  /** When {@link TimePassed} is due for this state; {@link Long#MAX_VALUE}: never. */
  public static long dueAtMillis(
      SessionState state,
      SessionOptions options,
      SessionTimes times,
      PromptView prompt,
      Moment moment) {
    return new SessionMachine(times, new Moves("", options, state, prompt, moment))
        .time.dueAtMillis();
  }

  private void on(SessionEvent event) {
    Spending before = moves.state.spending();
    switch (event) {
      case Typed typed -> client.typed(typed.changes());
      case Claimed claimed -> workers.claimed(claimed);
      case Concluded concluded -> workers.concluded(concluded);
      case LeaseExpired expired -> time.leaseExpired(expired);
      case TimePassed _ -> time.timePassed();
      case Restored _ -> repeatOutputs();
    }
    thinking.think();
    drafts.draft();
    if (moves.state.spending().hasEndedMoreThan(before)) moves.reportSpending();
  }

  /**
   * Each of these is idempotent at its reader, but a task: two workers may take it. It leaves again
   * only while what the instance before sent may be missing; from then on its lease sees to it.
   */
  private void repeatOutputs() {
    if (moves.state.turn() > 0)
      moves.commands.add(new SessionCommand.RepeatEnd(moves.state.turn() - 1));
    moves.state.phase().inFlight().ifPresent(this::repeatOutputs);
  }

  private void repeatOutputs(Flight flight) {
    if (flight.execution().isEmpty()) {
      if (moves.moment.takingOver())
        moves.commands.add(new SessionCommand.Dispatch(moves.state.turn(), flight));
    } else if (moves.state.phase() instanceof Stopping) moves.cancelFlight();
    else if (moves.state.submission().isPresent() && flight.purpose() == Purpose.DRAFT)
      moves.tell(flight, ControlCommand.RELEASE);
    else workers.grant(flight);
  }
}
