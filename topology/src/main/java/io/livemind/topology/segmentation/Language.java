package io.livemind.topology.segmentation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the rules know of one language, read from {@code language/CODE.txt} beside this class; the
 * keys are explained in the {@code README.md} there.
 */
record Language(String code, Map<Key, Set<String>> words) {

  /** What a list of words is for. */
  enum Key {
    COMMON,
    LETTERS,
    NEVER,
    NUMBER,
    CAPITAL,
    STARTER,
    STARTERS,
    LABEL,
    SPEECH,
    LINKING,
    CONDITION,
    ORDINAL,
    ARTICLE,
    ENDING,
    NAME
  }

  /** Whether the list holds the word, in lower case. */
  boolean has(Key key, String word) {
    return words.getOrDefault(key, Set.of()).contains(word);
  }

  /** The words of a list. */
  Set<String> of(Key key) {
    return words.getOrDefault(key, Set.of());
  }

  /** How the rules compare words. */
  static String fold(String word) {
    return word.toLowerCase(Locale.ROOT).replace('’', '\'');
  }

  static Language read(String code) {
    Map<Key, Set<String>> words = new HashMap<>();
    String path = "language/" + code + ".txt";
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Language.class.getResourceAsStream(path), path),
                StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.isBlank() || line.startsWith("#")) continue;
        int colon = line.indexOf(':');
        Key key = Key.valueOf(line.substring(0, colon).toUpperCase(Locale.ROOT));
        words
            .computeIfAbsent(key, _ -> new HashSet<>())
            .addAll(List.of(line.substring(colon + 1).trim().split(" +")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
    return new Language(code, words);
  }
}
