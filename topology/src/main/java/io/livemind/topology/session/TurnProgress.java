package io.livemind.topology.session;

import io.livemind.schemas.TextHash;
import java.util.ArrayList;
import java.util.List;

/**
 * How far the thinking of a turn has come. Its size is bounded by the inferences of a turn.
 *
 * @param steps model calls planned in the turn; the next one's number
 * @param inferenceCalls calls of thinking and drafts started in the turn
 * @param readSegments segments that the inference model has read, whether it concluded something or
 *     not
 * @param memory the inferences that stand, in order
 * @param summarizedAt inferences in the memory when it was last tried to put it in short; 0: never
 * @param historyTried whether it was tried in this turn to put the history in short
 */
public record TurnProgress(
    int steps,
    int inferenceCalls,
    int readSegments,
    List<Remembered> memory,
    int summarizedAt,
    boolean historyTried) {

  /** Nothing was thought yet. */
  public static final TurnProgress NONE = new TurnProgress(0, 0, 0, List.of(), 0, false);

  /**
   * One inference of the memory.
   *
   * @param step of the turn in which it was concluded
   * @param segments the segments that it rests on
   * @param hash hash of the memory up to and with it
   */
  public record Remembered(int step, int segments, long hash) {}

  /** The steps that the memory comes from, in order. */
  public List<Integer> rememberedSteps() {
    return memory.stream().map(Remembered::step).toList();
  }

  long memoryHash() {
    return memory.isEmpty() ? TextHash.EMPTY : memory.getLast().hash();
  }

  /** Segments that the memory rests on. */
  int rememberedSegments() {
    return memory.isEmpty() ? 0 : memory.getLast().segments();
  }

  /** A call is dispatched. */
  TurnProgress calling(Flight.Purpose purpose) {
    return new TurnProgress(
        steps + 1,
        inferenceCalls + (purpose == Flight.Purpose.ANSWER ? 0 : 1),
        readSegments,
        memory,
        purpose == Flight.Purpose.SUMMARY ? memory.size() : summarizedAt,
        historyTried || purpose == Flight.Purpose.HISTORY);
  }

  TurnProgress read(int segments) {
    return new TurnProgress(steps, inferenceCalls, segments, memory, summarizedAt, historyTried);
  }

  TurnProgress remembering(int step, String reply, int segments) {
    List<Remembered> grown = new ArrayList<>(memory);
    grown.add(new Remembered(step, segments, TextHash.append(memoryHash(), reply)));
    return new TurnProgress(
        steps, inferenceCalls, segments, List.copyOf(grown), summarizedAt, historyTried);
  }

  /** With the summary in place of all inferences. */
  TurnProgress summarized(int step, String reply) {
    var summary =
        new Remembered(step, rememberedSegments(), TextHash.append(TextHash.EMPTY, reply));
    return new TurnProgress(steps, inferenceCalls, readSegments, List.of(summary), 0, historyTried);
  }

  /** Without what rests on a segment from {@code keptSegments} on. */
  TurnProgress forgettingFrom(int keptSegments) {
    List<Remembered> kept =
        memory.stream().takeWhile(inference -> inference.segments() <= keptSegments).toList();
    return new TurnProgress(
        steps,
        inferenceCalls,
        Math.min(readSegments, keptSegments),
        kept,
        Math.min(summarizedAt, kept.size()),
        historyTried);
  }
}
