package io.livemind.topology.typing;

import io.livemind.schemas.TextHash;
import io.livemind.schemas.avro.Fragment;
import io.livemind.topology.segmentation.Carry;
import io.livemind.topology.segmentation.Segmenter;
import java.util.List;

/**
 * The prompt as it is typed now. Its size does not depend on the prompt's length: closed text is
 * represented by its length and hash, and lies in the segments.
 *
 * @param writer the client that types, the one with the largest number
 * @param nextSequence the writer's next fragment
 * @param turn the turn that is typed
 * @param revision edits of closed text in the turn
 * @param segments closed segments of the turn
 * @param closedLength UTF-16 units of the closed text
 * @param closedHash {@link TextHash} of the closed text
 * @param carry what the segmenter remembers of the closed text
 * @param openText text that no segment holds yet
 * @param typedAtMillis when the text last changed
 * @param held fragments that came before their turn, by sequence number; bounded by {@link
 *     TypingLimits#heldFragments()}
 * @param gapSinceMillis since when a fragment is missing; 0 when none is
 * @param fragments fragments of the turn that were taken
 */
public record TypedPrompt(
    long writer,
    long nextSequence,
    int turn,
    int revision,
    int segments,
    int closedLength,
    long closedHash,
    Carry carry,
    String openText,
    long typedAtMillis,
    List<Fragment> held,
    long gapSinceMillis,
    int fragments) {

  /** An empty prompt of turn 0. */
  public static TypedPrompt opened(long writer, long nextSequence, long nowMillis) {
    return new TypedPrompt(
        writer,
        nextSequence,
        0,
        0,
        0,
        0,
        TextHash.EMPTY,
        Carry.START,
        "",
        nowMillis,
        List.of(),
        0,
        0);
  }

  /** UTF-16 units of the whole prompt. */
  public int length() {
    return closedLength + openText.length();
  }

  /** {@link TextHash} of the whole prompt. */
  public long hash() {
    return TextHash.append(closedHash, openText);
  }

  /** Whether the expected fragment is there, but its turn has not come. */
  public boolean waitsForTurn() {
    return !held.isEmpty() && held.getFirst().getSequence() == nextSequence;
  }

  TypedPrompt nextTurn(long nowMillis) {
    return new TypedPrompt(
        writer,
        nextSequence,
        turn + 1,
        0,
        0,
        0,
        TextHash.EMPTY,
        Carry.START,
        "",
        nowMillis,
        held,
        gapSinceMillis,
        0);
  }

  TypedPrompt withOpenText(String text, long nowMillis) {
    return new TypedPrompt(
        writer,
        nextSequence,
        turn,
        revision,
        segments,
        closedLength,
        closedHash,
        carry,
        text,
        nowMillis,
        held,
        gapSinceMillis,
        fragments);
  }

  /** A fragment of the turn was taken. */
  TypedPrompt counted() {
    return new TypedPrompt(
        writer,
        nextSequence,
        turn,
        revision,
        segments,
        closedLength,
        closedHash,
        carry,
        openText,
        typedAtMillis,
        held,
        gapSinceMillis,
        fragments + 1);
  }

  TypedPrompt withOrder(
      long newWriter, long newNextSequence, List<Fragment> newHeld, long newGapSinceMillis) {
    return new TypedPrompt(
        newWriter,
        newNextSequence,
        turn,
        revision,
        segments,
        closedLength,
        closedHash,
        carry,
        openText,
        typedAtMillis,
        newHeld,
        newGapSinceMillis,
        fragments);
  }

  /** Whether further segments end by size only, and with the turn; see {@link Segmenter}. */
  public boolean isCutBySizeOnly() {
    return segments >= Segmenter.FINE;
  }

  /** The prompt closed up to the end of this segment. */
  TypedPrompt closing(Segment last, String rest) {
    return new TypedPrompt(
        writer,
        nextSequence,
        turn,
        revision,
        last.index() + 1,
        last.end(),
        last.hash(),
        last.carry(),
        rest,
        typedAtMillis,
        held,
        gapSinceMillis,
        fragments);
  }

  /** The prompt with this tail opened again, and its text replaced. */
  TypedPrompt reopened(OpenTail tail, String text) {
    return new TypedPrompt(
        writer,
        nextSequence,
        turn,
        revision + 1,
        tail.kept(),
        tail.start(),
        tail.hash(),
        tail.carry(),
        text,
        typedAtMillis,
        held,
        gapSinceMillis,
        fragments);
  }
}
