package io.livemind.topology.typing;

import io.livemind.schemas.avro.ClosedBy;
import io.livemind.topology.segmentation.Carry;

/**
 * A closed piece of the prompt.
 *
 * @param index position among the segments of the turn, from 0
 * @param start UTF-16 units of the prompt before it
 * @param text its text, white space at its end included
 * @param hash hash of the prompt up to its end
 * @param carry what the segmenter remembers after it
 * @param closedBy why it ends where it ends
 */
public record Segment(
    int index, int start, String text, long hash, Carry carry, ClosedBy closedBy) {

  /** UTF-16 units of the prompt up to its end. */
  public int end() {
    return start + text.length();
  }
}
