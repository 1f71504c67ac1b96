package io.livemind.cli;

import io.livemind.cli.admin.AdminPortException;
import io.livemind.cli.config.ConfigurationException;
import io.livemind.cli.embedded.BrokersUnreachableException;
import io.livemind.cli.embedded.TopicMismatchException;
import io.livemind.cli.role.ClusterException;
import io.livemind.gateway.PortTakenException;
import io.livemind.replay.UnknownArmException;
import io.livemind.replay.play.PlayerException;
import io.livemind.replay.recording.RecordingException;
import io.livemind.simulator.PortInUseException;
import io.livemind.workers.WorkerStartException;
import java.io.PrintStream;
import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says why a command failed, in a sentence, and chooses the exit code. */
final class FailureReport implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final CommandContext context;
  private final Livemind program;

  FailureReport(CommandContext context, Livemind program) {
    this.context = context;
    this.program = program;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    // What fails while everything is being stopped is no news, but to who wants to know all.
    ExitCode exitCode =
        context.interruption().requested() ? ExitCode.INTERRUPTED : exitCode(failure);
    if (exitCode != ExitCode.INTERRUPTED || program.verbose())
      context
          .lines()
          .failed(
              prefix(command) + sentence(failure, exitCode), program.verbose() ? failure : null);
    return exitCode.code();
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintStream err = context.err();
    err.println(prefix(command) + failure.getMessage());
    boolean ignored = UnmatchedArgumentException.printSuggestions(failure, err);
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE.code();
  }

  private static ExitCode exitCode(Exception failure) {
    return switch (failure) {
      case CommandException told -> told.exitCode();
      case AdminPortException ignored -> ExitCode.USAGE;
      case ConfigurationException ignored -> ExitCode.USAGE;
      case TopicMismatchException ignored -> ExitCode.USAGE;
      case UnknownArmException ignored -> ExitCode.USAGE;
      case RecordingException ignored -> ExitCode.USAGE;
      case PortInUseException ignored -> ExitCode.USAGE;
      case PortTakenException ignored -> ExitCode.USAGE;
      case ClusterException ignored -> ExitCode.UNREACHABLE;
      case BrokersUnreachableException ignored -> ExitCode.UNREACHABLE;
      case WorkerStartException ignored -> ExitCode.UNREACHABLE;
      case PlayerException ignored -> ExitCode.UNREACHABLE;
      case InterruptedException ignored -> ExitCode.INTERRUPTED;
      case InterruptException ignored -> ExitCode.INTERRUPTED;
      default -> ExitCode.FAILURE;
    };
  }

  private String sentence(Exception failure, ExitCode exitCode) {
    if (exitCode != ExitCode.FAILURE || program.verbose())
      return String.valueOf(failure.getMessage());
    return failure + " (--verbose tells more)";
  }

  private static String prefix(CommandLine command) {
    return command.getCommandSpec().qualifiedName() + ": ";
  }
}
