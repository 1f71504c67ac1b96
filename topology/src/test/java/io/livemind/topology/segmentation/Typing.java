package io.livemind.topology.segmentation;

import io.livemind.schemas.avro.ClosedBy;
import io.livemind.schemas.avro.Granularity;
import io.livemind.topology.segmentation.Segmenter.Segmentation;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody who types a text in fragments; closed segments are consumed at once, as in the pipeline.
 */
final class Typing {
  private final Segmenter segmenter;
  private final List<Cut> cuts = new ArrayList<>();
  private final List<Carry> carries = new ArrayList<>();
  private Carry carry = Carry.START;
  private int closed;
  private String open = "";

  Typing(Segmenter segmenter) {
    this.segmenter = segmenter;
  }

  static Segmenter sentences() {
    return new Segmenter(new SegmentationSettings(Granularity.SENTENCE, 1, 400));
  }

  static List<String> segments(Segmenter segmenter, String text) {
    List<String> segments = new ArrayList<>();
    int start = 0;
    for (Cut cut : segmenter.finish(0, Carry.START, text, ClosedBy.SUBMIT).cuts()) {
      segments.add(text.substring(start, cut.end()));
      start = cut.end();
    }
    return segments;
  }

  Typing type(String fragment) {
    open += fragment;
    take(segmenter.advance(cuts.size(), carry, open));
    return this;
  }

  /** The cuts so far, in positions of the whole text. */
  List<Cut> cuts() {
    return List.copyOf(cuts);
  }

  String open() {
    return open;
  }

  Segmentation submit() {
    take(segmenter.finish(cuts.size(), carry, open, ClosedBy.SUBMIT));
    return new Segmentation(cuts, carries);
  }

  private void take(Segmentation segmentation) {
    if (segmentation.cuts().isEmpty()) return;
    for (Cut cut : segmentation.cuts()) cuts.add(new Cut(closed + cut.end(), cut.closedBy()));
    segmentation.carries().forEach(one -> carries.add(Carry.decode(one.encode())));
    int consumed = segmentation.cuts().getLast().end();
    carry = carries.getLast();
    closed += consumed;
    open = open.substring(consumed);
  }
}
