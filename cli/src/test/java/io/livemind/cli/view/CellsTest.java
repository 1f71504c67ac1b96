package io.livemind.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CellsTest {

  @Test
  void anIdeographTakesTwoCellsAndAnAccentNone() {
    assertThat(Cells.width("ab")).isEqualTo(2);
    assertThat(Cells.width("漢字")).isEqualTo(4);
    assertThat(Cells.width("e\u0301")).isEqualTo(1);
  }

  @Test
  void whatAModelWroteCannotMoveTheCursorOrTurnTheLine() {
    assertThat(Cells.plain("a\u001b[2Jb\rc\u202Ed\u0007")).isEqualTo("a [2Jb cd ");
  }

  @Test
  void linesBecomeOne() {
    assertThat(Cells.plain("first\n\n  second")).isEqualTo("first second");
  }

  @Test
  void tailKeepsTheEndAndHeadTheBeginning() {
    assertThat(Cells.tail("typing goes on", 8)).isEqualTo("…goes on");
    assertThat(Cells.head("typing goes on", 8)).isEqualTo("typing …");
    assertThat(Cells.tail("short", 8)).isEqualTo("short");
  }

  @Test
  void padsByCellsAndNotByCharacters() {
    assertThat(Cells.padded("漢", 4)).isEqualTo("漢  ");
  }

  @Property
  void nothingIsWiderThanItsRoom(
      @ForAll String text, @ForAll @IntRange(min = 1, max = 60) int room) {
    String plain = Cells.plain(text);

    assertThat(Cells.width(Cells.head(plain, room))).isLessThanOrEqualTo(room);
    assertThat(Cells.width(Cells.tail(plain, room))).isLessThanOrEqualTo(room);
  }
}
