package io.livemind.cli;

import io.livemind.cli.deadletters.DeadLettersCommand;
import io.livemind.cli.role.AccessCommand;
import io.livemind.cli.role.GatewayCommand;
import io.livemind.cli.role.SimulatorCommand;
import io.livemind.cli.role.TopicsCommand;
import io.livemind.cli.role.TopologyCommand;
import io.livemind.cli.role.WorkerCommand;
import io.livemind.cli.segment.SegmentCommand;
import io.livemind.cli.study.StudyCommand;
import io.livemind.cli.view.Terminal;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program. */
@Command(
    name = "livemind",
    description = {"A large model thinks while you type, as an event pipeline on Kafka.", ""},
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  livemind demo                     everything in one process, nothing to install",
      "  livemind up                       the web page and the HTTP interface, likewise",
      "  livemind chat                     the same in the terminal",
      "  livemind demo --output json       the same figures for a script",
      "  livemind replay session.lmrec     replays a recording",
      "  livemind COMMAND --help           options and examples of a command"
    })
public final class Livemind implements Runnable {
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Log what happens, and show stack traces.")
  private boolean verbose;

  @Spec private CommandSpec spec = CommandSpec.create();

  private Livemind() {}

  /** Runs the program and ends the process with its exit code. */
  public static void main(String[] arguments) {
    var interruption = new Interruption();
    interruption.install();
    PrintStream out = System.out;
    // Whatever a library prints must not get into a result.
    System.setOut(System.err);
    Map<String, String> environment = System.getenv();
    Terminal terminal = Terminal.of(System.getProperties(), environment);
    var context = new CommandContext(out, System.err, terminal, interruption, environment);
    int exitCode = run(context, arguments);
    out.flush();
    interruption.finished();
    System.exit(exitCode);
  }

  /**
   * Runs the program.
   *
   * @return the exit code, see {@link ExitCode}
   */
  public static int run(CommandContext context, String... arguments) {
    CommandLine commandLine = commandLine(context);
    int exitCode = commandLine.execute(arguments);
    return context.interruption().requested() ? ExitCode.INTERRUPTED.code() : exitCode;
  }

  /** The program with all its commands. */
  static CommandLine commandLine(CommandContext context) {
    var program = new Livemind();
    var report = new FailureReport(context, program);
    var commandLine = new CommandLine(program);
    // Settings reach only the commands that are there already.
    commandLine
        .addSubcommand(new DemoCommand(context))
        .addSubcommand(new UpCommand(context))
        .addSubcommand(new ChatCommand(context))
        .addSubcommand(new ReplayCommand(context))
        .addSubcommand(new StudyCommand(context))
        .addSubcommand(new RecordCommand(context))
        .addSubcommand(new ImportCommand(context))
        .addSubcommand(new SimulatorCommand(context))
        .addSubcommand(new SegmentCommand(context, System.in))
        .addSubcommand(new TopologyCommand(context))
        .addSubcommand(new WorkerCommand(context))
        .addSubcommand(new GatewayCommand(context))
        .addSubcommand(new TopicsCommand(context))
        .addSubcommand(new AccessCommand(context))
        .addSubcommand(new DeadLettersCommand(context))
        .addSubcommand(new ConfigCommand(context))
        .addSubcommand(new WarmUpCommand(context))
        .setOut(writer(context.out()))
        .setErr(writer(context.err()))
        .setColorScheme(CommandLine.Help.defaultColorScheme(ansi(context.terminal())))
        .setExecutionExceptionHandler(report)
        .setParameterExceptionHandler(report)
        .setExecutionStrategy(program::execute)
        .setUsageHelpLongOptionsMaxWidth(28)
        .setCaseInsensitiveEnumValuesAllowed(true);
    for (CommandLine command : everyCommand(commandLine))
      command
          .getCommandSpec()
          .usageMessage()
          .exitCodeListHeading("%nExit codes:%n")
          .exitCodeList(exitCodes());
    return commandLine;
  }

  /** Without a command. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  boolean verbose() {
    return verbose;
  }

  private int execute(CommandLine.ParseResult parsed) {
    if (verbose) Verbosity.raise();
    return new CommandLine.RunLast().execute(parsed);
  }

  private static List<CommandLine> everyCommand(CommandLine root) {
    return Stream.concat(Stream.of(root), root.getSubcommands().values().stream()).toList();
  }

  private static Map<String, String> exitCodes() {
    return Arrays.stream(ExitCode.values())
        .collect(
            Collectors.toMap(
                exit -> Integer.toString(exit.code()),
                ExitCode::meaning,
                (first, second) -> first,
                LinkedHashMap::new));
  }

  private static Ansi ansi(Terminal terminal) {
    return terminal.outputIsTerminal() && terminal.colours() ? Ansi.ON : Ansi.OFF;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
