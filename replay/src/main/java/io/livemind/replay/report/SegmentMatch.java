package io.livemind.replay.report;

import io.livemind.replay.play.TurnResult;
import io.livemind.replay.recording.ArmOutputs;
import io.livemind.replay.recording.RecordedSegment;
import io.livemind.schemas.avro.ClosedBy;
import io.livemind.schemas.avro.SegmentClosed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where this system cuts prompts, and where the recorded one did. What was closed by the submit is
 * left out on both sides: nothing was thought about it before the answer.
 *
 * <p>Ends are the same if no more than {@value #TOLERANCE} characters lie between them: the
 * recorded system often cut a character or two behind the end of a clause.
 *
 * @param sessions that were compared
 * @param recorded segments of the recorded runs
 * @param ours segments of this replay
 * @param same ends that both have
 */
public record SegmentMatch(int sessions, int recorded, int ours, int same) {
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
      if (outputs == null || outputs.segments().isEmpty()) return Optional.empty();
      TreeSet<Integer> theirs = ends(outputs.segments());
      TreeSet<Integer> ours = ends(turn);
      var one = new SegmentMatch(0, theirs.size(), ours.size(), same(theirs, ours));
      sum = Optional.of(sum.map(one::plus).orElse(one));
    }
    return sum.map(all -> new SegmentMatch(1, all.recorded(), all.ours(), all.same()));
  }

  private SegmentMatch plus(SegmentMatch other) {
    return new SegmentMatch(
        sessions + other.sessions, recorded + other.recorded, ours + other.ours, same + other.same);
  }

  private static TreeSet<Integer> ends(List<RecordedSegment> segments) {
    var ends = new TreeSet<Integer>();
    int end = 0;
    for (RecordedSegment segment : segments) {
      end += segment.text().length();
      ends.add(end);
    }
    return ends;
  }

  /** The ends that were valid last: an edit may have cut anew. */
  private static TreeSet<Integer> ends(TurnResult turn) {
    var byIndex = new TreeMap<Integer, Integer>();
    for (TurnResult.Seen seen : turn.timeline())
      if (seen.event().getEvent() instanceof SegmentClosed closed
          && closed.getClosedBy() != ClosedBy.SUBMIT)
        byIndex.put(closed.getIndex(), closed.getEnd());
    return new TreeSet<>(byIndex.values());
  }

  /** Each end counts once. */
  private static int same(TreeSet<Integer> theirs, TreeSet<Integer> ours) {
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
