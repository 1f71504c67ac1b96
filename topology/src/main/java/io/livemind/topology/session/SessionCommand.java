package io.livemind.topology.session;

import io.livemind.schemas.avro.ControlCommand;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** What a session wants done, in this order. */
public sealed interface SessionCommand {

  /** Render the call's messages and hand the task to the workers. */
  record Dispatch(int turn, Flight flight) implements SessionCommand {}

  /** Tell the worker of an execution. */
  record Tell(String taskId, int attempt, Execution execution, ControlCommand command)
      implements SessionCommand {}

  /** Show the client: one of the events of {@code answers}. */
  record Publish(int turn, SpecificRecord event) implements SessionCommand {}

  /** Keep what a step of the turn concluded, as the model sent it. */
  record Remember(int turn, int step, String reply, int segments) implements SessionCommand {}

  /** Drop what these steps of the turn concluded. */
  record Forget(int turn, List<Integer> steps) implements SessionCommand {}

  /** The conversation before this turn in short: it stands in place of those turns from now on. */
  record SummarizeHistory(int firstTurn, String summary) implements SessionCommand {}

  /** Tell what the session has spent: a total, so that it may be told again. */
  record ReportSpending(Spending spending) implements SessionCommand {}

  /**
   * The turn is over: keep what was sent and answered as history, and let go of its parts.
   *
   * @param memory steps whose conclusions stand
   */
  record FinishTurn(int turn, int revision, int segments, List<Integer> memory, TurnEnd end)
      implements SessionCommand {}

  /** Show the end of an earlier turn again: whoever waits for it may have missed it. */
  record RepeatEnd(int turn) implements SessionCommand {}

  /** Delete the session and everything that is known of it. */
  record DeleteSession() implements SessionCommand {}

  /**
   * How a turn ended.
   *
   * @param text the answer, or what there was of it
   * @param interrupted whether the client stopped it
   * @param failure code of the failure that ended it
   */
  record TurnEnd(
      int attempt, String execution, String text, boolean interrupted, Optional<String> failure) {}
}
