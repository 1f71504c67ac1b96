package io.livemind.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code livemind segment} prints, and how it ends. */
@SuppressWarnings("NullAway.Init")
class SegmentCommandTest {
  private static final String RIGHT =
      "{\"language\":\"en\",\"name\":\"two\",\"text\":\"One. Two.\",\"segments\":[\"One.\",\"Two.\"]}\n";
  private static final String WRONG =
      "{\"language\":\"en\",\"name\":\"one\",\"text\":\"One. Two.\",\"segments\":[\"One. Two.\"]}\n";

  @TempDir Path folder;
  private final Console console = new Console();

  @Test
  void aSegmentIsPrintedWithThePlaceAtWhichItClosed() throws IOException {
    assertThat(segment(file("text", "It is 3.14. Or 3.5?"))).isZero();

    assertThat(console.out().lines())
        .containsExactly(
            "{\"index\":0,\"start\":0,\"end\":12,\"closedBy\":\"RULE\",\"closedAfter\":13,"
                + "\"segment\":\"It is 3.14. \"}",
            "{\"index\":1,\"start\":12,\"end\":19,\"closedBy\":\"SUBMIT\",\"closedAfter\":19,"
                + "\"segment\":\"Or 3.5?\"}");
  }

  @Test
  void clausesAreFinerThanSentences() throws IOException {
    assertThat(segment(file("text", "If it rains, we stay."), "--granularity", "clause")).isZero();

    assertThat(console.out().lines()).hasSize(2);
  }

  @Test
  void aCharacterOfTwoUnitsStaysWhole() throws IOException {
    assertThat(segment(file("text", "\ud83d\ude00\ud83d\ude00"), "--granularity", "character"))
        .isZero();

    assertThat(console.out().lines().toList()).last().asString().contains("\"end\":4");
  }

  @Test
  void casesThatPassEndWithZero() throws IOException {
    assertThat(segment("--check", file("cases.jsonl", RIGHT))).isZero();

    assertThat(console.out()).contains("en   100.0 %").contains("a regular expression");
  }

  @Test
  void aShareUnderItsTargetEndsWith99AndNamesWhatWasCutOtherwise() throws IOException {
    assertThat(segment("--check", file("cases.jsonl", RIGHT + WRONG))).isEqualTo(99);

    assertThat(console.out())
        .contains("UNDER ITS TARGET")
        .contains("en  one: not on purpose: cut as [One. , Two.]");
  }

  @Test
  void ourLabelledTextsReachTheirTargets() {
    assertThat(segment("--labelled")).isZero();

    assertThat(console.out()).contains("set aside").contains("precision").contains("recall");
  }

  @Test
  void aBrokenLineIsNamedWithFileAndLine() throws IOException {
    assertThat(segment("--check", file("cases.jsonl", RIGHT + "{\"text\":\"x\"}\n"))).isEqualTo(2);

    assertThat(console.err()).contains("cases.jsonl:2").contains("segments");
  }

  private int segment(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "segment";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Livemind.run(console.context(), all);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
