package io.livemind.topology.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.livemind.schemas.avro.ClosedBy;
import io.livemind.schemas.avro.Granularity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class SegmenterTest {

  @Test
  void aSentenceIsClosedWhenTheNextCharacterIsKnown() {
    var typing = new Typing(Typing.sentences()).type("It is done. ");
    assertThat(typing.cuts()).isEmpty();

    typing.type("T");

    assertThat(typing.cuts()).containsExactly(new Cut(12, ClosedBy.RULE));
    assertThat(typing.open()).isEqualTo("T");
  }

  @Test
  void anAbbreviationThatMayEndASentenceWaitsForTheWordBehindIt() {
    var typing = new Typing(Typing.sentences()).type("I live in the U.S. How");
    assertThat(typing.cuts()).isEmpty();

    typing.type(" ");

    assertThat(typing.cuts()).containsExactly(new Cut(19, ClosedBy.RULE));
  }

  @Test
  void submitClosesEverything() {
    var segmentation = Typing.sentences().finish(0, Carry.START, "One. Two", ClosedBy.IDLE);

    assertThat(segmentation.cuts())
        .containsExactly(new Cut(5, ClosedBy.RULE), new Cut(8, ClosedBy.IDLE));
  }

  @Test
  void emptyTextHasNoSegments() {
    assertThat(Typing.sentences().finish(0, Carry.START, "", ClosedBy.SUBMIT).cuts()).isEmpty();
  }

  @Test
  void aShortSentenceIsMergedWithTheNext() {
    var segmenter = new Segmenter(new SegmentationSettings(Granularity.SENTENCE, 10, 400));

    assertThat(Typing.segments(segmenter, "Yes. No. It depends on you. Why?"))
        .containsExactly("Yes. No. It depends on you. ", "Why?");
  }

  @Test
  void clausesEndBehindCommasSemicolonsAndColonsButNotInsideNumbers() {
    var segmenter = new Segmenter(new SegmentationSettings(Granularity.CLAUSE, 1, 400));

    assertThat(Typing.segments(segmenter, "If x is 1,000, stop; else: go on. 你好，世界。"))
        .containsExactly("If x is 1,000, ", "stop; ", "else: ", "go on. ", "你好，", "世界。");
  }

  @Test
  void wordsKeepTheirMarksAndChineseAndThaiAreSplitByTheDictionary() {
    var segmenter = new Segmenter(new SegmentationSettings(Granularity.WORD, 1, 400));

    assertThat(Typing.segments(segmenter, "Hello, (big) world! 我喜欢音乐。 สวัสดีครับ"))
        .containsExactly("Hello, ", "(big) ", "world! ", "我", "喜欢", "音乐。 ", "สวัสดี", "ครับ");
  }

  @Test
  void charactersKeepTheirAccentsAndJoinedEmojis() {
    var segmenter = new Segmenter(new SegmentationSettings(Granularity.CHARACTER, 1, 400));

    assertThat(Typing.segments(segmenter, "ae\u0301👨‍👩‍👧!"))
        .containsExactly("a", "e\u0301", "👨‍👩‍👧", "!");
  }

  @Test
  void aCodeBlockIsOneSegmentAndIsClosedWithItsFence() {
    String text = "Look:\n```java\na. b(); // Why? No.\n```\nWhy does it fail?";

    assertThat(Typing.segments(Typing.sentences(), text))
        .containsExactly("Look:\n", "```java\na. b(); // Why? No.\n```\n", "Why does it fail?");
  }

  @Test
  void aLongCodeBlockIsCutAtLinesAndStaysACodeBlock() {
    String code = "```\n" + "x = 1. Y = 2; z\n".repeat(60) + "```\n";

    List<String> segments = Typing.segments(Typing.sentences(), code + "Why? It ran.");

    assertThat(segments).endsWith("Why? ", "It ran.");
    assertThat(segments.subList(0, segments.size() - 2))
        .allSatisfy(segment -> assertThat(segment).endsWith("\n"));
  }

  @Test
  void aTextWithoutSeparatorsIsCutByLength() {
    List<String> segments = Typing.segments(Typing.sentences(), "x".repeat(1000));

    assertThat(segments).extracting(String::length).containsExactly(400, 400, 200);
  }

  @Test
  void aLongSentenceIsCutBehindAClauseElseBehindAWord() {
    var segmenter = new Segmenter(new SegmentationSettings(Granularity.SENTENCE, 1, 40));

    assertThat(
            Typing.segments(segmenter, "there was much to say on this day, and nobody who said it"))
        .containsExactly("there was much to say on this day, ", "and nobody who said it");
    assertThat(
            Typing.segments(segmenter, "there was much to say on this day and nobody who said it"))
        .containsExactly("there was much to say on this day and ", "nobody who said it");
  }

  @Test
  void chineseWithoutMarksIsCutBetweenWords() {
    var segmenter = new Segmenter(new SegmentationSettings(Granularity.SENTENCE, 1, 33));

    assertThat(Typing.segments(segmenter, "音乐".repeat(20)).getFirst()).hasSize(32);
  }

  @Test
  void aCutByLengthKeepsACombiningSequenceTogether() {
    var segmenter = new Segmenter(new SegmentationSettings(Granularity.SENTENCE, 1, 32));

    assertThat(Typing.segments(segmenter, "x".repeat(31) + "e\u0301" + "y").getFirst()).hasSize(31);
    assertThat(Typing.segments(segmenter, "x".repeat(31) + "😀" + "y").getFirst()).hasSize(31);
  }

  @Test
  void aPasteOfAHundredThousandCharactersCostsInProportionToItsLength() {
    List<String> hard =
        List.of(
            "Dr. Smith met J. R. Miller. ",
            "x",
            "世界你好",
            ". ",
            "。」",
            ".\"",
            "`` ` ",
            "\n ",
            "1. a ");
    for (String piece : hard) {
      String paste = piece.repeat(100_000 / piece.length());
      Assertions.assertTimeout(
          Duration.ofSeconds(20),
          () -> Typing.sentences().finish(0, Carry.START, paste, ClosedBy.SUBMIT),
          piece);
    }
  }

  @Test
  void settingsThatLeaveNoRoomAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SegmentationSettings(Granularity.SENTENCE, 0, 400))
        .withMessageContaining("minimumSegmentLength")
        .withMessageContaining("0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SegmentationSettings(Granularity.SENTENCE, 50, 40))
        .withMessageContaining("maximumSegmentLength")
        .withMessageContaining("40");
  }

  @Test
  void aTextThatIsNoCarryIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Carry.decode("x0"));
    assertThat(Carry.decode("")).isEqualTo(Carry.START);
    assertThat(Carry.START.encode()).isEmpty();
  }
}
