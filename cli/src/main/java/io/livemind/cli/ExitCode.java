package io.livemind.cli;

/** How the program ends, for scripts. */
public enum ExitCode {
  OK(0, "the command did what it was asked to"),
  FAILURE(1, "it failed; the message says why"),
  USAGE(2, "an option, a file or the configuration is wrong; the message names it"),
  UNREACHABLE(3, "a broker, a model server or another dependency cannot be reached"),
  STOOD_STILL(70, "a topology stood still, or its clock was set back; start it again"),
  CHECK_FAILED(99, "it ran to its end, but a threshold or a check failed"),
  INTERRUPTED(130, "it was interrupted (Ctrl-C)");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The process's exit status. */
  public int code() {
    return code;
  }

  /** Half a sentence for the help text. */
  public String meaning() {
    return meaning;
  }
}
