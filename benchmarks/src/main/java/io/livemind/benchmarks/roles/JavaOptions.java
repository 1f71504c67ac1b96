package io.livemind.benchmarks.roles;

import picocli.CommandLine.Option;

/** For the JVM of each role. */
final class JavaOptions {
  @Option(
      names = "--java-options",
      defaultValue = "",
      description = "More options for the JVM of each role.")
  private String text = "";

  String text() {
    return text;
  }

  /** As an argument of the command that is shown; nothing where there are none. */
  String argument() {
    return text.isEmpty() ? "" : " --java-options '" + text + "'";
  }
}
