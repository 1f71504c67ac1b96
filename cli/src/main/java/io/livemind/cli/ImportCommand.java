package io.livemind.cli;

import io.livemind.replay.importing.ChatLogImporter;
import io.livemind.replay.importing.PromptImporter;
import io.livemind.replay.importing.TypingModel;
import io.livemind.replay.recording.LmrecWriter;
import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.RecordingException;
import io.livemind.replay.recording.RecordingFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes recordings of other files. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Makes recordings (.lmrec) of published results, of prompts, or of chat logs.",
      "",
      "Prompts and chat logs were not watched while they were typed: their typing is drawn from a"
          + " model of a person at a keyboard, the same each time with the same seed.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  livemind import prompts.txt --format prompts --to prompts.lmrec",
      "  livemind import chat.jsonl --format chat --to chat.lmrec.gz --skip-bad",
      "  livemind import results.jsonl.gz --format research --to paper.lmrec.gz",
      "  livemind import prompts.txt --format prompts --to fast.lmrec --characters-per-minute 400"
          + " --typos 0.1 --paste 0.2 --seed 7"
    })
final class ImportCommand implements Callable<Integer> {
  private final CommandContext context;

  /** What a file holds. */
  enum Format {
    RESEARCH,
    PROMPTS,
    CHAT
  }

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Plain or gzip.")
  private List<Path> files = List.of();

  @Option(
      names = "--format",
      paramLabel = "research|prompts|chat",
      required = true,
      description = {
        "research: published results of the LiveMind experiments. prompts: text, one a line. chat:"
            + " JSON lines with session, at, role and content."
      })
  private Format format = Format.RESEARCH;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      required = true,
      description = "The recordings; compressed if the name ends in .gz.")
  private Path target = Path.of("");

  @Option(names = "--skip-bad", description = "Leaves out what cannot be read, and tells how much.")
  private boolean skipBad;

  @Mixin private TypingOptions typing = new TypingOptions();

  ImportCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    TypingModel model = CommandException.checking(typing::model);
    var skipped = new SkippedRecordings(skipBad);
    List<Recording> recordings =
        files.stream().flatMap(file -> read(file, model, skipped).stream()).toList();
    try (OutputStream out = open()) {
      for (Recording recording : recordings)
        out.write(LmrecWriter.write(recording).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw CommandException.usage(
          "--to: " + target + " cannot be written (" + e.getClass().getSimpleName() + ")");
    }
    skipped.tell(context.err());
    context.err().println("livemind: " + recordings.size() + " recordings written to " + target);
    return ExitCode.OK.code();
  }

  private List<Recording> read(Path file, TypingModel model, Consumer<RecordingException> skipped) {
    return switch (format) {
      case RESEARCH -> RecordingFile.read(file, skipped);
      case PROMPTS -> PromptImporter.read(file, model, skipped);
      case CHAT -> ChatLogImporter.read(file, model, skipped);
    };
  }

  private OutputStream open() throws IOException {
    OutputStream out = Files.newOutputStream(target);
    return target.toString().endsWith(".gz") ? new GZIPOutputStream(out) : out;
  }
}
