package io.livemind.topology.segmentation.check;

import io.livemind.schemas.avro.ClosedBy;
import io.livemind.topology.segmentation.Carry;
import io.livemind.topology.segmentation.Segmenter;
import java.util.ArrayList;
import java.util.List;

/** Cuts a whole text; what is measured is a cutter. */
@FunctionalInterface
public interface Cutter {

  /** The segments of a text; joined they are the text. */
  List<String> segments(String text);

  /** Cuts as {@link Segmenter} does when the text ends. */
  static Cutter of(Segmenter segmenter) {
    return text -> {
      List<String> segments = new ArrayList<>();
      int start = 0;
      for (var cut : segmenter.finish(0, Carry.START, text, ClosedBy.SUBMIT).cuts()) {
        segments.add(text.substring(start, cut.end()));
        start = cut.end();
      }
      return segments;
    };
  }
}
