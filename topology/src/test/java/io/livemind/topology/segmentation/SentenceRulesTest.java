package io.livemind.topology.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each line is a text; {@code ¦} marks its boundaries, {@code ⏎} is a line feed. */
class SentenceRulesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mr. Fox paid $3.50 at 5 p.m. on Jan. 3. ¦He left.",
        "I have 600. ¦How many do you have?",
        "Pay for 1. above and 2. below. ¦Then go.",
        "You and I. ¦Did Albert I. Jones know?",
        "See no. 5. ¦The answer is no. ¦Why?",
        "The U.S. Army came. ¦I live in the U.S. ¦How about you?",
        "Pens, paper, etc. are here. ¦Ink, etc. ¦The end.",
        "it works. ¦thanks. ¦what now?",
      })
  void numbersInitialsAndAbbreviations(String marked) {
    check(marked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Open a.b.txt at https://x.org/a?b=1. ¦Mail x.y@z.org!",
        "Run `a. B` and ``c. D``. ¦Done.",
        "I wasn't ... well, sure... ¦Then it rained.",
        "He said \"Stop!\" and left. ¦\"Why?\" ¦She knew.",
        "Leave me alone! he yelled. ¦She left.",
        "It is true.[12] ¦Nobody knew.",
        "I like Yahoo! and Jeopardy! too. ¦You?",
        "He came (at last.) and sat down. ¦(Nobody saw it.) ¦Good.",
        "<p>One.</p> ¦<p>Two.</p>",
      })
  void linksCodeEllipsesAndQuotes(String marked) {
    check(marked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1) milk ¦2) flour ¦3) eggs",
        "- milk⏎¦- flour and⏎  sugar⏎¦- eggs",
        "# Title⏎¦Text that is⏎wrapped by hand.⏎⏎¦Next",
        "milk⏎¦flour⏎¦eggs",
        "Translate:⏎¦Guten Tag",
        "这是第一行⏎¦这是第二行",
        "これは父の⏎家です。",
      })
  void listsAndLineBreaks(String marked) {
    check(marked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Am 3. Oktober kam Ludwig II. nach Hause. ¦Er blieb z. B. bis zum 5. Mai.",
        "« Viens-tu ? » dit-elle. ¦Quoi ?! ¦Non.",
        "А. С. Пушкин и т. д. ¦Он жил в г. Москва.",
        "他说：“来吗？”然后走了。¦好。¦《你好！》很好。",
        "「行く。」と言った。¦本当？¦はい。",
        "يعيش د. أحمد هنا. ¦هل تعرفه؟ ¦نعم.",
        "کیا حال ہے؟ ¦ٹھیک ہے۔ ¦شکریہ",
        "डॉ. शर्मा आए। ¦क्या हुआ? ¦ठीक।",
        "สวัสดีครับ ¦ผมอายุ 20 ปี ¦ขอบคุณครับ",
        "Ի՞նչ: ¦Ոչինչ:",
        "Πού είναι; ¦Εδώ.",
      })
  void otherLanguages(String marked) {
    check(marked);
  }

  private static void check(String marked) {
    String text = marked.replace('⏎', '\n');
    assertThat(String.join("¦", Typing.segments(Typing.sentences(), text.replace("¦", ""))))
        .isEqualTo(text);
  }
}
