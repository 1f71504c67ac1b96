package io.livemind.topology.segmentation;

import io.livemind.schemas.avro.Granularity;

/**
 * How finely a prompt is cut.
 *
 * @param granularity the kind of place where a segment may end
 * @param minimumLength UTF-16 units; a segment that would be shorter is merged with the next one
 * @param maximumLength UTF-16 units; open text that grows longer is cut at the best place before
 */
public record SegmentationSettings(Granularity granularity, int minimumLength, int maximumLength) {

  /** The smallest bound that still leaves room for a word, and for a combining sequence. */
  static final int LEAST_MAXIMUM = 32;

  public SegmentationSettings {
    if (minimumLength < 1) {
      throw new IllegalArgumentException(
          "minimumSegmentLength must be at least 1, but is "
              + minimumLength
              + "; 1 merges nothing");
    }
    if (maximumLength < LEAST_MAXIMUM || maximumLength < minimumLength) {
      throw new IllegalArgumentException(
          "maximumSegmentLength must be at least "
              + LEAST_MAXIMUM
              + " and minimumSegmentLength ("
              + minimumLength
              + "), but is "
              + maximumLength);
    }
  }
}
