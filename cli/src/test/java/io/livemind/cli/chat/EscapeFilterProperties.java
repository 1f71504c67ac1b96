package io.livemind.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class EscapeFilterProperties {

  @Example
  void sequencesStringsAndTurnsOfDirectionAreGoneAndTextStays() {
    assertThat(filter("a\u001b[31mb\u001b[0m c")).isEqualTo("ab c");
    assertThat(filter("a\u001b]0;title\u0007b")).isEqualTo("ab");
    assertThat(filter("a\u001b]52;c;aGk=\u001b\\b")).isEqualTo("ab");
    assertThat(filter("a\u009b2Jb\u0090q\u009cc")).isEqualTo("abc");
    assertThat(filter("a\u202eb\u2066c\u0000d\be\rf")).isEqualTo("abcdef");
    assertThat(filter("one\n\ttwo 👩\u200d🌾 é")).isEqualTo("one\n\ttwo 👩\u200d🌾 é");
  }

  @Example
  void aStringThatNeverEndsHidesItsLineOnly() {
    assertThat(filter("a\u001b]0;title\nb")).isEqualTo("a\nb");
  }

  @Property(tries = 300)
  void theCutDoesNotMatterAndNothingThatControlsComesThrough(
      @ForAll @StringLength(max = 24) @CharRange(from = '\u0000', to = '\u00a0') String text,
      @ForAll @IntRange(max = 24) int cut) {
    var pieces = new EscapeFilter();
    int at = Math.min(cut, text.length());

    String inPieces = pieces.filter(text.substring(0, at)) + pieces.filter(text.substring(at));

    assertThat(inPieces).isEqualTo(filter(text));
    assertThat(inPieces.replaceAll("[\n\t]", "")).doesNotContainPattern("\\p{Cc}");
  }

  private static String filter(String text) {
    return new EscapeFilter().filter(text);
  }
}
