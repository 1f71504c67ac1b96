package io.livemind.gateway.answers;

import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Cancelled;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Delta;
import io.livemind.schemas.avro.Failed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes what a reader gets short: deltas that follow each other become one. Whoever folds the
 * result shows what a fold of all the records shows.
 *
 * <p>Threading: one thread at a time; one instance for one reader.
 */
final class JoinedDeltas {

  /**
   * An event, or several deltas as one.
   *
   * @param last the record that it ends with; of joined deltas, with the text of all of them and
   *     the index of the first
   * @param deltas how many deltas it stands for; 0 for any other event
   */
  record Joined(AnswerRecord last, int deltas) {}

  private record Execution(int turn, int attempt, String id) {
    private boolean isOf(AnswerRecord answer, Delta delta) {
      return turn == answer.event().getTurn()
          && attempt == delta.getAttempt()
          && id.equals(delta.getExecution());
    }
  }

  /** How far the deltas of an execution have come. */
  private static final class Progress {
    private final Execution execution;
    private int next;

    private Progress(Execution execution, int next) {
      this.execution = execution;
      this.next = next;
    }
  }

  private final boolean fromStart;
  private final Map<Execution, Progress> progress = new HashMap<>();
  private Optional<Progress> latest = Optional.empty();

  /**
   * @param fromStart whether the reader has nothing yet; else it has what came before the first
   *     record
   */
  JoinedDeltas(boolean fromStart) {
    this.fromStart = fromStart;
  }

  /** The next records of the session, in order. */
  List<Joined> of(List<AnswerRecord> records) {
    var result = new ArrayList<Joined>();
    var run = new ArrayList<AnswerRecord>();
    for (AnswerRecord answer : records) {
      if (answer.event().getEvent() instanceof Delta delta) {
        if (isRepeated(answer, delta)) continue;
        if (!run.isEmpty() && !follows(run, answer, delta)) flush(run, result);
        run.add(answer);
      } else {
        flush(run, result);
        result.add(new Joined(answer, 0));
      }
    }
    flush(run, result);
    return result;
  }

  /** The same without the deltas of turns whose whole text follows with their end. */
  List<Joined> ofHistory(List<AnswerRecord> records) {
    Map<Integer, Object> ends = new HashMap<>();
    for (AnswerRecord answer : records)
      switch (answer.event().getEvent()) {
        // The first end counts, and a failure does not repeat the text.
        case Completed _, Cancelled _, Failed _ ->
            ends.putIfAbsent(answer.event().getTurn(), answer.event().getEvent());
        default -> {}
      }
    return of(records.stream().filter(answer -> !isTold(answer, ends)).toList());
  }

  private static boolean isTold(AnswerRecord answer, Map<Integer, Object> ends) {
    Object end = ends.get(answer.event().getTurn());
    return answer.event().getEvent() instanceof Delta && end != null && !(end instanceof Failed);
  }

  /** A delta that the reader has; joined with the next one, it would hide it. */
  private boolean isRepeated(AnswerRecord answer, Delta delta) {
    Progress of = progress(answer, delta);
    if (delta.getIndex() == of.next) {
      of.next++;
      return false;
    }
    return delta.getIndex() < of.next;
  }

  private Progress progress(AnswerRecord answer, Delta delta) {
    if (latest.isEmpty() || !latest.get().execution.isOf(answer, delta)) {
      var execution =
          new Execution(answer.event().getTurn(), delta.getAttempt(), delta.getExecution());
      int first = fromStart ? 0 : delta.getIndex();
      latest = Optional.of(progress.computeIfAbsent(execution, seen -> new Progress(seen, first)));
    }
    return latest.get();
  }

  private static boolean follows(List<AnswerRecord> run, AnswerRecord answer, Delta delta) {
    AnswerEvent first = run.getFirst().event();
    Delta begun = (Delta) first.getEvent();
    return first.getTurn() == answer.event().getTurn()
        && begun.getAttempt() == delta.getAttempt()
        && begun.getExecution().equals(delta.getExecution())
        && begun.getIndex() + run.size() == delta.getIndex();
  }

  private static void flush(List<AnswerRecord> run, List<Joined> result) {
    if (run.isEmpty()) return;
    if (run.size() == 1) {
      result.add(new Joined(run.removeFirst(), 1));
      return;
    }
    var text = new StringBuilder();
    for (AnswerRecord answer : run) text.append(((Delta) answer.event().getEvent()).getText());
    AnswerRecord last = run.getLast();
    Delta begun = (Delta) run.getFirst().event().getEvent();
    var delta =
        new Delta(begun.getAttempt(), begun.getExecution(), begun.getIndex(), text.toString());
    var event = new AnswerEvent(last.event().getTurn(), last.event().getAtMillis(), delta);
    result.add(
        new Joined(
            new AnswerRecord(last.session(), last.partition(), last.offset(), event), run.size()));
    run.clear();
  }
}
