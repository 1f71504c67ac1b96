package io.livemind.topology.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.avro.ClosedBy;
import io.livemind.schemas.avro.Granularity;
import io.livemind.topology.segmentation.Segmenter.Segmentation;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SegmenterProperties {
  private static final List<String> PIECES =
      List.of(
          "a",
          "Dr",
          "U.S",
          "The",
          "he",
          "said",
          "3",
          "12",
          "1",
          "b",
          "J",
          "Smith",
          "etc",
          "no",
          "Fig",
          "z",
          "B",
          "am",
          "Oktober",
          "Yahoo!",
          "モーニング娘。",
          ".",
          "!",
          "?",
          "…",
          "...",
          ". . .",
          "?!",
          "\"",
          "'",
          "”",
          "“",
          "»",
          "«",
          ")",
          "(",
          "[",
          "]",
          "。",
          "？",
          "！",
          "」",
          "「",
          "、",
          "，",
          "你好",
          "世界",
          "です",
          "と言った",
          "说",
          "؟",
          "مرحبا",
          "ثم",
          "।",
          "नमस्ते",
          "สวัสดีครับ",
          "ผมชื่อสมชาย",
          "ๆ",
          " ",
          " ",
          " ",
          " ",
          "  ",
          "\n",
          "\n",
          "\r\n",
          "\n\n",
          "\t",
          "`",
          "``",
          "```",
          "```\n",
          "~~~",
          "- ",
          "* ",
          "• ",
          "1. ",
          "2) ",
          "b) ",
          "(a) ",
          "# ",
          ":",
          ";",
          ",",
          "—",
          "-",
          "😀",
          "👨‍👩‍👧",
          "e\u0301",
          "🇩🇪",
          "\u200d",
          "\u202a",
          "https://a.b/c.d?x=1",
          "x@y.org",
          "</p>",
          "Ինչ",
          "τι",
          "\uD83D");

  record Prompt(String text, List<Integer> fragmentLengths, SegmentationSettings settings) {}

  @Property(tries = 3000)
  void theCutsDoNotDependOnHowTheTextIsSplitIntoFragments(@ForAll("prompts") Prompt prompt) {
    var segmenter = new Segmenter(prompt.settings());
    Segmentation whole = segmenter.finish(0, Carry.START, prompt.text(), ClosedBy.SUBMIT);

    var typing = new Typing(segmenter);
    int at = 0;
    for (int i = 0; at < prompt.text().length(); i++) {
      int length = prompt.fragmentLengths().get(i % prompt.fragmentLengths().size());
      int end = Math.min(prompt.text().length(), at + length);
      typing.type(prompt.text().substring(at, end));
      at = end;
    }

    assertThat(typing.submit()).isEqualTo(whole);
  }

  @Property
  void theSegmentsJoinedAreTheText(@ForAll("prompts") Prompt prompt) {
    List<String> segments = Typing.segments(new Segmenter(prompt.settings()), prompt.text());

    assertThat(String.join("", segments)).isEqualTo(prompt.text());
    assertThat(segments).doesNotContain("");
  }

  @Property
  void noSegmentIsLongerThanAllowedAndOneThatARuleClosedIsNotShorter(
      @ForAll("prompts") Prompt prompt) {
    int start = 0;
    for (Cut cut :
        new Segmenter(prompt.settings())
            .finish(0, Carry.START, prompt.text(), ClosedBy.SUBMIT)
            .cuts()) {
      assertThat(cut.end() - start).isLessThanOrEqualTo(prompt.settings().maximumLength());
      if (cut.closedBy() == ClosedBy.RULE) {
        assertThat(cut.end() - start).isGreaterThanOrEqualTo(prompt.settings().minimumLength());
      }
      start = cut.end();
    }
  }

  @Property
  void whatStaysOpenIsNoLongerThanAllowed(@ForAll("prompts") Prompt prompt) {
    var typing = new Typing(new Segmenter(prompt.settings())).type(prompt.text());

    assertThat(typing.open().length()).isLessThanOrEqualTo(prompt.settings().maximumLength());
  }

  @Property
  void noCutLiesInsideASurrogatePair(@ForAll("prompts") Prompt prompt) {
    for (Cut cut :
        new Segmenter(prompt.settings())
            .finish(0, Carry.START, prompt.text(), ClosedBy.SUBMIT)
            .cuts()) {
      boolean inside =
          cut.end() < prompt.text().length()
              && Character.isHighSurrogate(prompt.text().charAt(cut.end() - 1))
              && Character.isLowSurrogate(prompt.text().charAt(cut.end()));
      assertThat(inside).isFalse();
    }
  }

  @Property
  void aCarryIsDecodedToItself(@ForAll("prompts") Prompt prompt) {
    for (Carry carry :
        new Segmenter(prompt.settings())
            .finish(0, Carry.START, prompt.text(), ClosedBy.SUBMIT)
            .carries()) {
      assertThat(Carry.decode(carry.encode())).isEqualTo(carry);
      assertThat(carry.encode()).matches("[!-~]{0,6}");
    }
  }

  @Provide
  Arbitrary<Prompt> prompts() {
    Arbitrary<String> text =
        Arbitraries.of(PIECES).list().ofMaxSize(60).map(p -> String.join("", p));
    Arbitrary<List<Integer>> lengths = Arbitraries.integers().between(1, 12).list().ofMinSize(1);
    Arbitrary<SegmentationSettings> settings =
        Combinators.combine(
                Arbitraries.of(Granularity.values()),
                Arbitraries.of(1, 1, 5, 30),
                Arbitraries.of(32, 40, 400))
            .as(SegmentationSettings::new);
    return Combinators.combine(text, lengths, settings).as(Prompt::new);
  }
}
