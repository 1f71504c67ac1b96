package io.livemind.topology.typing;

import io.livemind.schemas.TextHash;
import io.livemind.topology.segmentation.Carry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What an edit works on: open text, and the closed segments before it from the first one on that
 * the edit touches.
 *
 * @param kept segments before it
 * @param start UTF-16 units of the prompt before it
 * @param hash of the prompt before it
 * @param carry of the prompt before it
 * @param segments its closed segments
 * @param text all of it
 */
record OpenTail(int kept, int start, long hash, Carry carry, List<Segment> segments, String text) {

  /** The tail that an edit at this position touches; reads one segment more than it holds. */
  static OpenTail of(TypedPrompt prompt, int position, ClosedSegments closed) {
    if (position >= prompt.closedLength())
      return new OpenTail(
          prompt.segments(),
          prompt.closedLength(),
          prompt.closedHash(),
          prompt.carry(),
          List.of(),
          prompt.openText());
    var touched = new Touched(position);
    closed.backwards(prompt.segments(), touched);
    List<Segment> segments = touched.segments.reversed();
    var text = new StringBuilder();
    segments.forEach(segment -> text.append(segment.text()));
    return behind(touched.kept, segments, text.append(prompt.openText()).toString());
  }

  /** The tail that an edit at this later position touches. */
  OpenTail from(int position) {
    int same = 0;
    while (same < segments.size() && segments.get(same).end() <= position) same++;
    if (same == 0) return this;
    Segment last = segments.get(same - 1);
    return behind(
        last, segments.subList(same, segments.size()), text.substring(last.end() - start));
  }

  private static OpenTail behind(@Nullable Segment last, List<Segment> segments, String text) {
    return last == null
        ? new OpenTail(0, 0, TextHash.EMPTY, Carry.START, segments, text)
        : new OpenTail(last.index() + 1, last.end(), last.hash(), last.carry(), segments, text);
  }

  /** Segments from the last one on, and the first one that stands. */
  private static final class Touched implements Predicate<Segment> {
    private final int position;
    private final List<Segment> segments = new ArrayList<>();
    private @Nullable Segment kept;

    Touched(int position) {
      this.position = position;
    }

    @Override
    public boolean test(Segment segment) {
      if (segment.end() <= position) kept = segment;
      else segments.add(segment);
      return kept == null;
    }
  }
}
