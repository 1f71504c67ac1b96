package io.livemind.topology.segmentation;

import io.livemind.schemas.avro.ClosedBy;
import io.livemind.topology.segmentation.Window.Beyond;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts text into segments while it is typed.
 *
 * <p>Guarantees:
 *
 * <ul>
 *   <li>The segments, joined, are the text. White space between two segments belongs to the first,
 *       up to the next character that is none: a sentence is closed when that character is known.
 *   <li>The cuts do not depend on how the text was split into fragments, nor on where earlier cuts
 *       were consumed: cutting behind a cut, with its carry and the number of segments before it,
 *       finds the cuts that cutting the whole text finds. A cut is never taken back.
 *   <li>Behind {@link #FINE} segments of a text only size closes another, at {@link #COARSE_LENGTH}
 *       or at {@code maximumLength} if that is more: text without end has a number of segments that
 *       everybody can work with.
 *   <li>Only {@link #finish} closes at the end of the text; a segment it closes there may be blank.
 *   <li>A call costs in proportion to the open text that it is given (times {@code maximumLength}
 *       at most for text that looks like code which never ends), and text that is open after a call
 *       is no longer than the size that closes it.
 * </ul>
 *
 * <p>Threading: one thread at a time, because of ICU's iterators.
 */
public final class Segmenter {
  /** Segments of a text that end where the text asks for it. */
  public static final int FINE = 4_096;

  /** UTF-16 units; a smaller {@code maximumLength} holds for the fine segments only. */
  public static final int COARSE_LENGTH = 1_000;

  /**
   * Where open text is cut.
   *
   * @param cuts in ascending order
   * @param carries the carry after each cut
   */
  public record Segmentation(List<Cut> cuts, List<Carry> carries) {
    public Segmentation {
      cuts = List.copyOf(cuts);
      carries = List.copyOf(carries);
    }
  }

  private final SegmentationSettings settings;
  private final Boundaries boundaries;
  private final SizeBound sizeBound = new SizeBound();

  public Segmenter(SegmentationSettings settings) {
    this.settings = settings;
    this.boundaries =
        switch (settings.granularity()) {
          case SENTENCE -> SentenceBoundaries.sentences();
          case CLAUSE -> SentenceBoundaries.clauses();
          case WORD -> new WordBoundaries();
          case CHARACTER -> new CharacterBoundaries();
        };
  }

  /**
   * The cuts that are final now, whatever is typed after the open text. Text after the last cut
   * stays open.
   *
   * @param before segments of the closed text before
   * @param carry of the closed text before
   */
  public Segmentation advance(int before, Carry carry, String openText) {
    return new Cutting(before, carry, openText, Beyond.UNKNOWN).segmentation();
  }

  /**
   * The same when the text is known to end here: everything is closed, and the last cut, if the
   * open text is not empty, lies at its end.
   *
   * @param last why the text ends here
   */
  public Segmentation finish(int before, Carry carry, String openText, ClosedBy last) {
    var cutting = new Cutting(before, carry, openText, Beyond.NOTHING);
    cutting.closeRest(last);
    return cutting.segmentation();
  }

  /** One call: the text, and how far it is cut. */
  private final class Cutting {
    private final int before;
    private final String text;
    private final List<Cut> cuts = new ArrayList<>();
    private final List<Carry> carries = new ArrayList<>();
    private Carry carry;
    private int start;

    Cutting(int before, Carry carry, String text, Beyond beyond) {
      this.before = before;
      this.carry = carry;
      this.text = text;
      boolean going = true;
      while (going) going = cutNext(beyond);
    }

    private boolean cutNext(Beyond beyond) {
      boolean fine = before + cuts.size() < FINE;
      int longest =
          fine ? settings.maximumLength() : Math.max(settings.maximumLength(), COARSE_LENGTH);
      boolean tooLong = text.length() - start > longest;
      int limit = tooLong ? start + longest : text.length();
      var window = new Window(text, start, limit, tooLong ? Beyond.CUT_OFF : beyond);
      int end = fine ? boundaries.first(window, carry, settings.minimumLength()) : Boundaries.NONE;
      if (end != Boundaries.NONE) {
        cut(end, ClosedBy.RULE);
      } else if (tooLong) {
        cut(sizeBound.place(text, start, limit, carry.fence() != 0), ClosedBy.SIZE);
      }
      return end != Boundaries.NONE || tooLong;
    }

    void closeRest(ClosedBy reason) {
      if (start < text.length()) cut(text.length(), reason);
    }

    private void cut(int end, ClosedBy reason) {
      carry = carry.after(text.substring(start, end));
      cuts.add(new Cut(end, reason));
      carries.add(carry);
      start = end;
    }

    Segmentation segmentation() {
      return new Segmentation(cuts, carries);
    }
  }
}
