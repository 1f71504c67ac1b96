package io.livemind.cli.deadletters;

import io.livemind.cli.CommandContext;
import io.livemind.cli.CommandException;
import io.livemind.cli.ExitCode;
import io.livemind.cli.Version;
import io.livemind.cli.config.KafkaSettings;
import io.livemind.cli.config.Settings;
import io.livemind.cli.role.ClusterCheck;
import io.livemind.cli.role.RoleOptions;
import io.livemind.schemas.avro.DeadLetter;
import io.livemind.schemas.avro.DeadLetterHeader;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What could not be read or processed. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Lists, shows and sends again what could not be read or processed.",
      "Dead letters are kept for an hour, like everything that may hold text.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  livemind dead-letters list --config livemind.yaml",
      "  livemind dead-letters show 17 --config livemind.yaml",
      "  livemind dead-letters retry 17 18 --config livemind.yaml"
    })
public final class DeadLettersCommand implements Runnable {
  private final CommandContext context;

  @Spec private CommandSpec spec = CommandSpec.create();

  public DeadLettersCommand(CommandContext context) {
    this.context = context;
  }

  /** Without a command. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "list, show or retry is missing");
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "One line each: number, time, code, where it came from, reason.")
  int list(
      @Mixin RoleOptions options,
      @Option(names = "--code", description = "Only those with this failure code.")
          @Nullable String code,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "100",
              description = "At most so many, the oldest; 100. Whether there are more is told.")
          int limit) {
    if (limit < 1) throw CommandException.usage("--limit must be at least 1, but is " + limit);
    DeadLetters.Read read =
        letters(options)
            .read(
                OptionalLong.empty(),
                letter -> code == null || code.equals(letter.getCode()),
                limit);
    for (StoredDeadLetter stored : read.letters()) context.out().println(line(stored));
    if (read.more())
      context
          .err()
          .println(
              "livemind: there are more than these "
                  + limit
                  + ", the oldest: --limit N lists more of them");
    if (read.unreadable() > 0)
      context
          .err()
          .println(
              "livemind: passed over, no dead letter of this release: "
                  + read.unreadable()
                  + " (who else writes to the topic?)");
    return ExitCode.OK.code();
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Everything about one; the bytes, which may hold text, only with --bytes.")
  int show(
      @Mixin RoleOptions options,
      @Parameters(paramLabel = "NUMBER", description = "As `list` prints it.") long number,
      @Option(names = "--bytes", description = "Also key, value and header values, as hex digits.")
          boolean bytes) {
    StoredDeadLetter stored = find(letters(options), number);
    context.out().println(line(stored));
    DeadLetter letter = stored.letter();
    context.out().println("key " + shown(letter.getKey().orElse(null), bytes));
    context.out().println("value " + shown(letter.getValue().orElse(null), bytes));
    for (DeadLetterHeader header : letter.getHeaders())
      context
          .out()
          .println(
              "header " + header.getName() + " " + shown(header.getValue().orElse(null), bytes));
    return ExitCode.OK.code();
  }

  @Command(
      name = "retry",
      mixinStandardHelpOptions = true,
      description = "Sends the original records again, to where they came from.")
  int retry(
      @Mixin RoleOptions options,
      @Parameters(paramLabel = "NUMBER", arity = "1..*", description = "As `list` prints them.")
          List<Long> numbers)
      throws InterruptedException, ExecutionException {
    DeadLetters letters = letters(options);
    List<StoredDeadLetter> wanted = numbers.stream().map(number -> find(letters, number)).toList();
    for (StoredDeadLetter stored : wanted)
      if (stored.letter().getTopic().isEmpty())
        throw CommandException.usage(
            "dead letter "
                + stored.number()
                + " came of no record, so there is none to send again: `livemind dead-letters show "
                + stored.number()
                + "` tells its reason; nothing was sent");
    letters.retry(wanted);
    for (StoredDeadLetter stored : wanted) context.out().println("sent again: " + line(stored));
    return ExitCode.OK.code();
  }

  private DeadLetters letters(RoleOptions options) {
    Settings settings = options.settings(context.environment());
    ClusterCheck.reachable(settings);
    return new DeadLetters(KafkaSettings.of(settings), KafkaSettings.topics(settings));
  }

  private static StoredDeadLetter find(DeadLetters letters, long number) {
    return letters.read(OptionalLong.of(number), _ -> true, 1).letters().stream()
        .filter(stored -> stored.number() == number)
        .findFirst()
        .orElseThrow(
            () ->
                CommandException.usage(
                    "there is no dead letter "
                        + number
                        + ": `livemind dead-letters list` tells the numbers; they are kept for an"
                        + " hour"));
  }

  private static String line(StoredDeadLetter stored) {
    DeadLetter letter = stored.letter();
    return stored.number()
        + " "
        + Instant.ofEpochMilli(letter.getTimestampMillis())
        + " "
        + letter.getCode()
        + " "
        + letter.getTopic()
        + "-"
        + letter.getPartition()
        + "@"
        + letter.getOffset()
        + " "
        + letter.getReason();
  }

  private static String shown(@Nullable ByteBuffer buffer, boolean whole) {
    byte[] bytes = DeadLetters.bytes(buffer);
    if (bytes == null) return "none";
    return bytes.length + " bytes" + (whole ? " " + HexFormat.of().formatHex(bytes) : "");
  }
}
