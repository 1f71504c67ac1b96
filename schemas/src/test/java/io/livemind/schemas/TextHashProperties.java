package io.livemind.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class TextHashProperties {

  @Property
  void theHashIsTheSameHoweverTheTextIsSplit(@ForAll String first, @ForAll String second) {
    assertThat(TextHash.append(TextHash.of(first), second)).isEqualTo(TextHash.of(first + second));
  }

  @Property
  void anEditChangesTheHash(@ForAll String text, @ForAll char added) {
    assertThat(TextHash.of(text + added)).isNotEqualTo(TextHash.of(text));
  }
}
