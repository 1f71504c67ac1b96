package io.livemind.cli.segment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemind.cli.CommandContext;
import io.livemind.cli.CommandException;
import io.livemind.cli.ExitCode;
import io.livemind.cli.Version;
import io.livemind.schemas.avro.Granularity;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.topology.segmentation.SegmentationSettings;
import io.livemind.topology.segmentation.Segmenter;
import io.livemind.topology.segmentation.check.Cutter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows where a text is cut, and how well. */
@Command(
    name = "segment",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Cuts a text into segments as they close while somebody types it: one JSON object a line.",
      "",
      "closedAfter tells how many UTF-16 units were typed when the segment closed; closedBy why it"
          + " ends: rule, size, or submit (the end of the text).",
      "",
      "With --check and --labelled it cuts texts whose segments are known, and prints the share"
          + " that is cut as expected: exit code 99 if a figure is under its target.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  livemind segment notes.txt",
      "  echo 'It is 3.14. Or 3.5? Let me see' | livemind segment",
      "  livemind segment --granularity clause < notes.txt",
      "  livemind segment --labelled",
      "  livemind segment --check golden-rules.jsonl --check results.jsonl.gz"
    })
public final class SegmentCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SessionOptions DEFAULTS = SessionOptions.newBuilder().build();

  private final CommandContext context;
  private final InputStream in;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "The text, in UTF-8. Default: standard input.")
  private @Nullable Path file;

  @Option(
      names = "--granularity",
      paramLabel = "KIND",
      description = "sentence, clause, word or character. Default: sentence.")
  private Granularity granularity = DEFAULTS.getGranularity();

  @Option(
      names = "--minimum",
      paramLabel = "UNITS",
      description = "A shorter segment is merged with the next one. Default: ${DEFAULT-VALUE}.")
  private int minimum = DEFAULTS.getMinimumSegmentLength();

  @Option(
      names = "--maximum",
      paramLabel = "UNITS",
      description = "Longer open text is cut at the best place. Default: ${DEFAULT-VALUE}.")
  private int maximum = DEFAULTS.getMaximumSegmentLength();

  @Option(
      names = "--check",
      paramLabel = "FILE",
      description = {
        "Texts whose segments are known, one JSON object a line, perhaps gzipped: cases with"
            + " language, name, text and segments, or the published results of the LiveMind"
            + " experiments, whose calls are counted. May be given several times."
      })
  private List<Path> checks = List.of();

  @Option(
      names = "--labelled",
      description = "Our own labelled texts in ten languages, a third of them set aside.")
  private boolean labelled;

  public SegmentCommand(CommandContext context, InputStream in) {
    this.context = context;
    this.in = in;
  }

  @Override
  public Integer call() throws IOException {
    var segmenter =
        CommandException.checking(
            () -> new Segmenter(new SegmentationSettings(granularity, minimum, maximum)));
    if (!labelled && checks.isEmpty()) {
      segment(segmenter);
      return ExitCode.OK.code();
    }
    if (file != null)
      throw CommandException.usage(
          "a text is cut, or the cutting is checked: leave out " + file + ", or --check");
    return check(new SegmentationChecks(Cutter.of(segmenter)));
  }

  private void segment(Segmenter segmenter) throws IOException {
    var typed = new TypedText(segmenter, this::print);
    try (var reader =
        new BufferedReader(new InputStreamReader(source(), StandardCharsets.UTF_8), 512)) {
      int unit = reader.read();
      while (unit >= 0 && !context.interruption().requested()) {
        int codePoint = unit;
        unit = reader.read();
        if (unit >= 0 && Character.isSurrogatePair((char) codePoint, (char) unit)) {
          codePoint = Character.toCodePoint((char) codePoint, (char) unit);
          unit = reader.read();
        }
        typed.type(codePoint);
      }
    }
    typed.submit();
  }

  private InputStream source() throws IOException {
    if (file == null) return in;
    if (!Files.isRegularFile(file)) throw CommandException.usage("no such file: " + file);
    return Files.newInputStream(file);
  }

  private void print(TypedText.Closed closed) {
    try {
      context.out().println(JSON.writeValueAsString(closed));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a segment is always JSON", e);
    }
  }

  private int check(SegmentationChecks against) {
    List<CheckFile> read = checks.stream().map(CheckFile::read).toList();
    List<Finding> findings = new ArrayList<>();
    if (labelled) findings.addAll(against.labelled());
    for (CheckFile one : read) findings.addAll(against.of(one));
    findings.forEach(this::print);
    boolean reached = findings.stream().allMatch(Finding::reached);
    return (reached ? ExitCode.OK : ExitCode.CHECK_FAILED).code();
  }

  private void print(Finding finding) {
    var out = context.out();
    out.println(finding.name());
    for (Finding.Figure figure : finding.figures()) {
      String target =
          figure.target() == 0
              ? ""
              : (figure.reached() ? ", target " : ", UNDER ITS TARGET of ")
                  + SegmentationChecks.percent(figure.target());
      out.printf(
          "  %-4s %7s  (%s%s)%n",
          figure.of(), SegmentationChecks.percent(figure.value()), figure.beside(), target);
    }
    if (!finding.details().isEmpty()) out.println("  cut otherwise:");
    finding.details().forEach(line -> out.println("    " + line.replaceAll("\\p{Cntrl}+", " ")));
    out.println();
  }
}
