package io.livemind.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class LivemindTest {
  private final Console console = new Console();

  @Test
  void everyCommandHasHelpWithExamplesAndExitCodes() {
    CommandLine program = Livemind.commandLine(console.context());
    for (String name : program.getSubcommands().keySet()) {
      var own = new Console();

      int exitCode = Livemind.run(own.context(), name, "--help");

      assertThat(exitCode).as(name).isZero();
      assertThat(own.out())
          .as(name)
          .contains("Usage: livemind " + name)
          .contains("Examples:")
          .contains("130   it was interrupted");
    }
  }

  @Test
  void helpIsAResult() {
    assertThat(Livemind.run(console.context(), "--help")).isZero();
    assertThat(console.out()).contains("Usage: livemind").contains("Examples:");
    assertThat(console.err()).isEmpty();
  }

  @Test
  void tellsItsVersion() {
    assertThat(Livemind.run(console.context(), "--version")).isZero();
    assertThat(console.out()).matches("(?s)livemind [0-9]+\\.[0-9]+.*\\(Java 25\\)\\s*");
  }

  @Test
  void aMissingCommandIsAUsageError() {
    assertThat(Livemind.run(console.context())).isEqualTo(2);
    assertThat(console.err()).contains("a command is missing").contains("--help");
    assertThat(console.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "access --passwords users.properties                         | --apply",
        "chat --url http://127.0.0.1:9 --slm http://127.0.0.1:9/v1,m | --slm",
        "chat --url http://127.0.0.1:9 --llm http://127.0.0.1:9/v1,m | --llm",
        "dead-letters list --limit 0                                 | --limit"
      })
  void anOptionThatWouldHaveNoEffectIsAUsageErrorThatNamesWhatIsMissing(
      String command, String named) {
    assertThat(Livemind.run(console.context(), command.split(" "))).isEqualTo(2);
    assertThat(console.err()).contains(named);
    assertThat(console.out()).isEmpty();
  }

  @Test
  void anUnknownOptionIsAUsageErrorThatNamesIt() {
    assertThat(Livemind.run(console.context(), "--no-such-option")).isEqualTo(2);
    assertThat(console.err()).contains("--no-such-option");
  }
}
