package io.livemind.topology.segmentation.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Our own labelled texts ({@code labelled/} beside this class; the README there tells their form).
 */
public final class LabelledTexts {

  /** Two thirds were looked at while the rules were written, a third was set aside before. */
  public enum Part {
    DEVELOPMENT,
    SET_ASIDE;

    private String folder() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** The languages that there are texts in. */
  public static final List<String> LANGUAGES =
      List.of("ar", "de", "en", "es", "fr", "hi", "ja", "ru", "th", "zh");

  private static final String BOUNDARY = "¦";
  private static final String LINE_FEED = "⏎";

  private LabelledTexts() {}

  /** Each text as its segments, white space included. */
  public static List<List<String>> of(String language, Part part) {
    String path = "labelled/" + part.folder() + "/" + language + ".txt";
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(LabelledTexts.class.getResourceAsStream(path), path),
                StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> List.of(line.replace(LINE_FEED, "\n").split(BOUNDARY)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }
}
