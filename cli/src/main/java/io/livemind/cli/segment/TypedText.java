package io.livemind.cli.segment;

import io.livemind.schemas.avro.ClosedBy;
import io.livemind.topology.segmentation.Carry;
import io.livemind.topology.segmentation.Segmenter;
import io.livemind.topology.segmentation.Segmenter.Segmentation;
import java.util.function.Consumer;

/**
 * A text that comes character by character; each segment is handed on as soon as it is closed.
 *
 * <p>Threading: one thread at a time.
 */
final class TypedText {

  /**
   * A segment at the moment at which it closed.
   *
   * @param index from 0
   * @param start UTF-16 units of the text before it
   * @param closedAfter UTF-16 units that were typed when it closed
   */
  record Closed(
      int index, int start, int end, ClosedBy closedBy, int closedAfter, String segment) {}

  private final Segmenter segmenter;
  private final Consumer<Closed> onClosed;
  private final StringBuilder open = new StringBuilder();
  private Carry carry = Carry.START;
  private int closedLength;
  private int segments;

  TypedText(Segmenter segmenter, Consumer<Closed> onClosed) {
    this.segmenter = segmenter;
    this.onClosed = onClosed;
  }

  /** The next character; the second half of a surrogate pair comes with the first. */
  void type(int codePoint) {
    open.appendCodePoint(codePoint);
    close(segmenter.advance(segments, carry, open.toString()));
  }

  /** The text is complete: what is open is closed. */
  void submit() {
    close(segmenter.finish(segments, carry, open.toString(), ClosedBy.SUBMIT));
  }

  private void close(Segmentation segmentation) {
    int typed = closedLength + open.length();
    int taken = 0;
    for (int i = 0; i < segmentation.cuts().size(); i++) {
      var cut = segmentation.cuts().get(i);
      onClosed.accept(
          new Closed(
              segments++,
              closedLength + taken,
              closedLength + cut.end(),
              cut.closedBy(),
              typed,
              open.substring(taken, cut.end())));
      taken = cut.end();
      carry = segmentation.carries().get(i);
    }
    closedLength += taken;
    open.delete(0, taken);
  }
}
