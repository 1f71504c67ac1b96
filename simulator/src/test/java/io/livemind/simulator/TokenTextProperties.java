package io.livemind.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class TokenTextProperties {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Property
  void thePiecesJoinedAreTheTextAndNoneBeginsInsideAPair(
      @ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 60) int tokens) {
    var pieces = new TokenText(text, tokens);
    var joined = new StringBuilder();
    for (int i = 0; i < tokens; i++) {
      String piece = pieces.piece(i, i + 1);
      if (!piece.isEmpty()) {
        assertThat(Character.isLowSurrogate(piece.charAt(0))).isFalse();
        assertThat(Character.isHighSurrogate(piece.charAt(piece.length() - 1))).isFalse();
      }
      joined.append(piece);
    }
    assertThat(joined.toString()).isEqualTo(text);
    if (!text.isEmpty()) assertThat(pieces.piece(0, 1)).isNotEmpty();
  }

  @Property
  void escapedTextIsReadBackAsItWas(@ForAll String text, @ForAll @IntRange(max = 20) int cut)
      throws Exception {
    int middle = Math.min(cut, text.length());
    assertThat(readBack(text, 0, middle) + readBack(text, middle, text.length())).isEqualTo(text);
  }

  @Property
  void approximateTokensCoverTheTextAndDependOnlyOnWhatComesBefore(
      @ForAll("texts") String text, @ForAll("texts") String more) {
    long[] alone = tokens(text);
    long[] longer = tokens(text + more);

    assertThat(alone.length).isLessThanOrEqualTo(text.length());
    int same = Math.max(0, alone.length - 1);
    assertThat(Arrays.copyOf(longer, same)).isEqualTo(Arrays.copyOf(alone, same));
  }

  private static long[] tokens(String text) {
    var tokens = new ArrayList<Long>();
    ApproximateTokens.each(text, tokens::add);
    return tokens.stream().mapToLong(Long::longValue).toArray();
  }

  private static String readBack(String text, int from, int to) throws Exception {
    var bytes = new JsonBytes();
    bytes.append("\"");
    bytes.appendEscaped(text, from, to);
    bytes.append("\"");
    return JSON.readValue(bytes.bytes(), 0, bytes.length(), String.class);
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> piece = Arbitraries.of("a", "Zü", "日本", "😀", "👩‍🚀", " ", "\n", "9", "\"");
    return piece.list().ofMaxSize(40).map(pieces -> String.join("", pieces));
  }
}
