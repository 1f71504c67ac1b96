package io.livemind.topology.segmentation;

import io.livemind.schemas.avro.ClosedBy;
import java.util.ArrayList;
import java.util.List;

/** Cuts text into segments. */
public final class Segmenter {

  /** Cuts in ascending order, and the carry after each. */
  public record Segmentation(List<Cut> cuts, List<Carry> carries) {}

  private final SegmentationSettings settings;

  public Segmenter(SegmentationSettings settings) {
    this.settings = settings;
  }

  /** Cuts that are final now, whatever is typed after. */
  public Segmentation advance(Carry carry, String openText) {
    List<Cut> cuts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i + 2 < openText.length(); i++) {
      boolean stop = ".!?".indexOf(openText.charAt(i)) >= 0;
      if (stop && openText.charAt(i + 1) == ' ' && openText.charAt(i + 2) > ' ') {
        cuts.add(new Cut(i + 2, ClosedBy.RULE));
        start = i + 2;
      } else if (i + 1 - start >= settings.maximumLength()) {
        cuts.add(new Cut(i + 1, ClosedBy.SIZE));
        start = i + 1;
      }
    }
    return new Segmentation(cuts, cuts.stream().map(cut -> Carry.START).toList());
  }

  /** The same when the text ends here. */
  public Segmentation finish(Carry carry, String openText, ClosedBy last) {
    List<Cut> cuts = new ArrayList<>(advance(carry, openText).cuts());
    if (!openText.isEmpty()) cuts.add(new Cut(openText.length(), last));
    return new Segmentation(cuts, cuts.stream().map(cut -> Carry.START).toList());
  }
}
