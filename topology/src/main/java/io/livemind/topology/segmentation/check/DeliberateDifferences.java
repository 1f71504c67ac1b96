package io.livemind.topology.segmentation.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The public cases in which the segmenter differs on purpose, with the reason, from {@code
 * deliberate-differences.txt} beside this class. They still count as not passed.
 */
public final class DeliberateDifferences {
  private static final String FILE = "deliberate-differences.txt";

  private record Key(String language, String name) {}

  private final Map<Key, String> reasons = new LinkedHashMap<>();

  private DeliberateDifferences() {}

  /** Reads the list. */
  public static DeliberateDifferences load() {
    var differences = new DeliberateDifferences();
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(DeliberateDifferences.class.getResourceAsStream(FILE), FILE),
                StandardCharsets.UTF_8))) {
      reader.lines().filter(line -> !line.startsWith("#")).forEach(differences::add);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + FILE, e);
    }
    return differences;
  }

  private void add(String line) {
    String[] parts = line.split(" \\| ", 3);
    reasons.put(new Key(parts[0], parts[1]), parts[2]);
  }

  /** Why this case is cut otherwise than expected; empty: it is not meant to be. */
  public Optional<String> reason(SegmentationCheck.Case one) {
    return Optional.ofNullable(reasons.get(new Key(one.language(), one.name())));
  }
}
