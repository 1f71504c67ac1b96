package io.livemind.cli;

import java.util.function.Supplier;

/** A command cannot go on; the message is for its user, and says what to do. */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  private CommandException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  private CommandException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** An option or the configuration is wrong: what it is, where, and how to mend it. */
  public static CommandException usage(String message) {
    return new CommandException(ExitCode.USAGE, message);
  }

  /** What ran cannot go on: why, and what to look at. */
  public static CommandException failed(String message) {
    return new CommandException(ExitCode.FAILURE, message);
  }

  /** Something outside of this program does not answer: what, where, and what to check. */
  public static CommandException unreachable(String message, Throwable cause) {
    return new CommandException(ExitCode.UNREACHABLE, message, cause);
  }

  /**
   * What a supplier gives that checks what the user configured.
   *
   * @throws CommandException a usage error with the check's own message, if it refuses
   */
  public static <T> T checking(Supplier<T> configuration) {
    try {
      return configuration.get();
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
