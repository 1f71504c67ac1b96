package io.livemind.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.TextHash;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EditProperties {

  @Property(tries = 300)
  void anEditMakesOneTextOfTheOtherAndCutsNoPair(
      @ForAll("texts") String before, @ForAll("texts") String after) {
    Edit.between(before, after)
        .ifPresentOrElse(
            edit -> {
              int end = edit.position() + edit.deletedLength();
              String made =
                  before.substring(0, edit.position()) + edit.text() + before.substring(end);
              assertThat(made).isEqualTo(after);
              assertThat(Edit.wellFormed(edit.text())).isEqualTo(edit.text());
            },
            () -> assertThat(before).isEqualTo(after));
  }

  @Property(tries = 300)
  void theHashIsThePipelines(@ForAll("texts") String text) {
    assertThat(PromptHash.of(text)).isEqualTo("%016x".formatted(TextHash.of(text)));
  }

  @Example
  void aWordEndsWithSpaceOrAfterFourCharactersOfAScriptWithoutSpaces() {
    assertThat(Edit.endsWord("wor")).isFalse();
    assertThat(Edit.endsWord("word ")).isTrue();
    assertThat(Edit.endsWord("冰川在")).isFalse();
    assertThat(Edit.endsWord("冰川在融")).isTrue();
  }

  @Example
  void halvesOfPairsAreReplacedAndNulsGo() {
    assertThat(Edit.wellFormed("a\ud83cb\u0000c👩")).isEqualTo("a\ufffdbc👩");
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("a", "b", " ", "👩", "👨", "é")
        .list()
        .ofMaxSize(12)
        .map(it -> String.join("", it));
  }
}
