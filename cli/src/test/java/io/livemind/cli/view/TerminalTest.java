package io.livemind.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private static final Map<String, String> ORDINARY = Map.of("TERM", "xterm-256color");

  @Test
  void isWhatTheLauncherSays() {
    Terminal terminal = Terminal.of(launched("100", "50"), ORDINARY);

    assertThat(terminal).isEqualTo(new Terminal(true, true, 100, 50, true));
  }

  @Test
  void isNoneIfNothingIsSaid() {
    Terminal terminal = Terminal.of(new Properties(), ORDINARY);

    assertThat(terminal.outputIsTerminal()).isFalse();
    assertThat(terminal.errorIsTerminal()).isFalse();
  }

  @Test
  void hasNoColoursWhereTheyAreNotWanted() {
    var environment = Map.of("TERM", "xterm", "NO_COLOR", "1");

    assertThat(Terminal.of(launched("100", "50"), environment).colours()).isFalse();
  }

  @Test
  void aDumbOneIsNotDrawnOn() {
    Terminal terminal = Terminal.of(launched("100", "50"), Map.of("TERM", "dumb"));

    assertThat(terminal.outputIsTerminal()).isFalse();
    assertThat(terminal.colours()).isFalse();
  }

  @Test
  void aSizeThatIsNoneIsTheUsualOne() {
    Terminal terminal = Terminal.of(launched("0", "many"), ORDINARY);

    assertThat(terminal.columns()).isEqualTo(80);
    assertThat(terminal.rows()).isEqualTo(24);
  }

  private static Properties launched(String columns, String rows) {
    var properties = new Properties();
    properties.setProperty("livemind.terminal.output", "true");
    properties.setProperty("livemind.terminal.error", "true");
    properties.setProperty("livemind.terminal.columns", columns);
    properties.setProperty("livemind.terminal.rows", rows);
    return properties;
  }
}
