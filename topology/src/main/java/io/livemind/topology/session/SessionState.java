package io.livemind.topology.session;

import io.livemind.schemas.TextHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a session beside its prompt. Its size is bounded by the inferences of a turn.
 *
 * @param turn the turn that is thought about or answered; the typed one may be the next
 * @param phase what the session does
 * @param submission the turn's prompt, once it is complete
 * @param following the next turn's prompt, when it was submitted before this turn ended
 * @param steps model calls planned in the turn; the next one's number
 * @param inferenceCalls inference calls started in the turn
 * @param readSegments segments that the inference model has read, whether it concluded something or
 *     not
 * @param memory the inferences that stand, in order
 */
public record SessionState(
    int turn,
    Phase phase,
    Optional<Submission> submission,
    Optional<Submission> following,
    int steps,
    int inferenceCalls,
    int readSegments,
    List<Remembered> memory) {

  /**
   * One inference of the memory.
   *
   * @param segments the segments that it rests on
   * @param hash hash of the memory up to and with it
   */
  public record Remembered(int segments, long hash) {}

  /** A session that was just opened. */
  public static SessionState opened() {
    return ofTurn(0, Optional.empty());
  }

  static SessionState ofTurn(int turn, Optional<Submission> submission) {
    return new SessionState(
        turn, new Phase.Composing(), submission, Optional.empty(), 0, 0, 0, List.of());
  }

  long memoryHash() {
    return memory.isEmpty() ? TextHash.EMPTY : memory.getLast().hash();
  }

  SessionState in(Phase next) {
    return new SessionState(
        turn, next, submission, following, steps, inferenceCalls, readSegments, memory);
  }

  SessionState submitted(Submission complete) {
    return new SessionState(
        turn, phase, Optional.of(complete), following, steps, inferenceCalls, readSegments, memory);
  }

  SessionState followedBy(Submission next) {
    return new SessionState(
        turn, phase, submission, Optional.of(next), steps, inferenceCalls, readSegments, memory);
  }

  SessionState calling(Phase next, boolean inference) {
    return new SessionState(
        turn,
        next,
        submission,
        following,
        steps + 1,
        inferenceCalls + (inference ? 1 : 0),
        readSegments,
        memory);
  }

  SessionState read(int segments) {
    return new SessionState(
        turn, phase, submission, following, steps, inferenceCalls, segments, memory);
  }

  SessionState remembering(String reply, int segments) {
    List<Remembered> grown = new ArrayList<>(memory);
    grown.add(new Remembered(segments, TextHash.append(memoryHash(), reply)));
    return new SessionState(
        turn, phase, submission, following, steps, inferenceCalls, segments, List.copyOf(grown));
  }

  /** Without what rests on a segment from {@code keptSegments} on. */
  SessionState forgettingFrom(int keptSegments) {
    List<Remembered> kept =
        memory.stream().takeWhile(inference -> inference.segments() <= keptSegments).toList();
    return new SessionState(
        turn,
        phase,
        submission,
        following,
        steps,
        inferenceCalls,
        Math.min(readSegments, keptSegments),
        kept);
  }
}
