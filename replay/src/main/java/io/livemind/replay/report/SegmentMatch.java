package io.livemind.replay.report;

import io.livemind.replay.play.TurnResult;
import io.livemind.replay.recording.ArmOutputs;
import io.livemind.replay.recording.RecordedSegment;
import io.livemind.schemas.avro.ClosedBy;
import io.livemind.schemas.avro.Revised;
import io.livemind.schemas.avro.SegmentClosed;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where this system cuts prompts, and where the recorded one did, as far as both were asked: up to
 * the last recorded end. What lay behind it the recorded system read in one piece with the submit,
 * the end of the question and its options in the published runs; ends of ours there are told apart.
 * What was closed by the submit, and the end of the prompt, are left out on both sides.
 *
 * <p>Ends are the same if no more than {@value #TOLERANCE} characters lie between them: the
 * recorded system often cut a character or two behind the end of a clause.
 *
 * @param sessions that were compared: those in which the recorded system cut before the submit
 * @param recorded ends of the recorded runs
 * @param ours ends of this replay, up to the last recorded one
 * @param same ends that both have
 * @param behind ends of this replay behind the last recorded one
 */
public record SegmentMatch(int sessions, int recorded, int ours, int same, int behind) {
  /** UTF-16 units. */
  static final int TOLERANCE = 2;

  /** Over all sessions of an arm; empty where no recorded segments are there to compare with. */
  static Optional<SegmentMatch> of(List<SessionFigures> sessions) {
    return sessions.stream()
        .filter(session -> session.latencySeconds().isPresent())
        .flatMap(session -> of(session).stream())
        .reduce(SegmentMatch::plus);
  }

  private static Optional<SegmentMatch> of(SessionFigures session) {
    var play = session.play();
    Optional<SegmentMatch> sum = Optional.empty();
    for (TurnResult turn : session.result().turns()) {
      ArmOutputs outputs =
          play.recording().turns().get(turn.turn()).outputs().get(play.arm().outputs());
      if (outputs == null) return Optional.empty();
      NavigableSet<Integer> theirs = ends(outputs.segments(), turn);
      if (theirs.isEmpty()) return Optional.empty();
      SegmentMatch one = of(theirs, ends(turn));
      sum = Optional.of(sum.map(one::plus).orElse(one));
    }
    return sum.map(all -> all.plus(new SegmentMatch(1, 0, 0, 0, 0)));
  }

  private static SegmentMatch of(NavigableSet<Integer> theirs, NavigableSet<Integer> ours) {
    int last = theirs.last() + TOLERANCE;
    NavigableSet<Integer> compared = ours.headSet(last, true);
    return new SegmentMatch(
        0,
        theirs.size(),
        compared.size(),
        same(theirs, compared),
        ours.tailSet(last, false).size());
  }

  private SegmentMatch plus(SegmentMatch other) {
    return new SegmentMatch(
        sessions + other.sessions,
        recorded + other.recorded,
        ours + other.ours,
        same + other.same,
        behind + other.behind);
  }

  private static NavigableSet<Integer> ends(List<RecordedSegment> segments, TurnResult turn) {
    var ends = new TreeSet<Integer>();
    int end = 0;
    for (RecordedSegment segment : segments) {
      end += segment.text().length();
      ends.add(end);
    }
    return within(turn, ends);
  }

  /** The ends that were valid last: an edit may have cut anew. */
  private static NavigableSet<Integer> ends(TurnResult turn) {
    var byIndex = new TreeMap<Integer, Integer>();
    for (TurnResult.Seen seen : turn.timeline())
      if (seen.event().getEvent() instanceof Revised revised)
        byIndex.tailMap(revised.getKeptSegments(), true).clear();
      else if (seen.event().getEvent() instanceof SegmentClosed closed
          && closed.getClosedBy() != ClosedBy.SUBMIT)
        byIndex.put(closed.getIndex(), closed.getEnd());
    return within(turn, new TreeSet<>(byIndex.values()));
  }

  private static NavigableSet<Integer> within(TurnResult turn, NavigableSet<Integer> ends) {
    return new TreeSet<>(ends.headSet(turn.promptLength(), false));
  }

  /** Each end counts once. */
  private static int same(NavigableSet<Integer> theirs, NavigableSet<Integer> ours) {
    var left = new TreeSet<>(ours);
    var matched = new ArrayList<Integer>();
    for (int end : theirs) {
      OptionalInt near =
          left.subSet(end - TOLERANCE, true, end + TOLERANCE, true).stream()
              .mapToInt(Integer::intValue)
              .findFirst();
      if (near.isEmpty()) continue;
      left.remove(near.getAsInt());
      matched.add(end);
    }
    return matched.size();
  }
}
