package io.livemind.topology.segmentation.check;

import java.util.List;
import java.util.regex.Pattern;

/** What a regular expression makes of a text: the figure that every other figure stands beside. */
public final class PlainExpression implements Cutter {
  private static final Pattern AFTER_STOP =
      Pattern.compile("(?<=[.!?…؟۔।]['\"”’»)\\]]?)\\s+|(?<=[。！？])");

  @Override
  public List<String> segments(String text) {
    return List.of(AFTER_STOP.split(text));
  }
}
