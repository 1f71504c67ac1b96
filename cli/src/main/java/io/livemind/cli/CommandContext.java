package io.livemind.cli;

import io.livemind.cli.view.Terminal;
import java.io.PrintStream;
import java.util.Map;

/**
 * What a command has of the world.
 *
 * @param out results; with JSON output nothing but the JSON
 * @param err progress, warnings, failures
 * @param lines what a role says there of itself
 * @param terminal what the two are connected to
 * @param interruption Ctrl-C
 * @param environment environment variables
 */
public record CommandContext(
    PrintStream out,
    PrintStream err,
    OwnLines lines,
    Terminal terminal,
    Interruption interruption,
    Map<String, String> environment) {
  public CommandContext {
    environment = Map.copyOf(environment);
  }

  public CommandContext(
      PrintStream out,
      PrintStream err,
      Terminal terminal,
      Interruption interruption,
      Map<String, String> environment) {
    this(out, err, new OwnLines(err), terminal, interruption, environment);
  }
}
