package io.livemind.replay.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void columnsLineUpAndWideCharactersCountAsTwo() {
    var table = new Table();
    table.row(List.of("name", "n"));
    table.row(List.of("日本", "10"));
    table.row(List.of("a", "5"));

    assertThat(table.format()).isEqualTo("name   n\n日本  10\na      5\n");
  }

  @Test
  void aRowWithAnotherNumberOfCellsIsRefused() {
    var table = new Table();
    table.row(List.of("a", "b"));

    assertThatThrownBy(() -> table.row(List.of("a")))
        .hasMessage("all rows must have the same number of cells");
  }
}
