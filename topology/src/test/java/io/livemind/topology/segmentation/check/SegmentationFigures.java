package io.livemind.topology.segmentation.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemind.schemas.avro.Granularity;
import io.livemind.topology.segmentation.SegmentationSettings;
import io.livemind.topology.segmentation.Segmenter;
import io.livemind.topology.segmentation.check.RecordedCounts.Recorded;
import io.livemind.topology.segmentation.check.SegmentationCheck.Case;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/**
 * Prints the figures of the segmenter. Arguments: the file of public cases (JSON lines), the file
 * of recorded questions (JSON lines, gzip), the largest segment.
 */
final class SegmentationFigures {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SegmentationFigures() {}

  public static void main(String[] arguments) throws IOException {
    int maximum = Integer.parseInt(arguments[2]);
    var cutter =
        Cutter.of(new Segmenter(new SegmentationSettings(Granularity.SENTENCE, 1, maximum)));
    printLabelled(cutter);
    printCases(cutter, Path.of(arguments[0]));
    printCounts(cutter, Path.of(arguments[1]));
  }

  private static void printLabelled(Cutter cutter) {
    for (var row : LabelledReport.rows(cutter)) {
      BoundaryScore score = row.score();
      System.out.printf(
          "%-11s %-3s precision %.3f recall %.3f F1 %.3f, of a regular expression %.3f %.3f %.3f"
              + " (%d boundaries, %d hard places)%n",
          row.part(),
          row.language(),
          score.precision(),
          score.recall(),
          score.f1(),
          row.plain().precision(),
          row.plain().recall(),
          row.plain().f1(),
          score.expected(),
          score.hardPlaces());
    }
  }

  private static void printCases(Cutter cutter, Path file) throws IOException {
    List<Case> cases = read(file, SegmentationFigures::toCase);
    var result = SegmentationCheck.run(cutter, cases);
    var plain = SegmentationCheck.run(new PlainExpression(), cases);
    result
        .languages()
        .forEach((code, share) -> System.out.println(code + " " + share + " " + share.ratio()));
    System.out.println("all " + result.total() + " " + result.total().ratio());
    System.out.println("a regular expression " + plain.total() + " " + plain.total().ratio());
    var differences = DeliberateDifferences.load();
    for (var failure : result.failures()) {
      Case one = failure.expected();
      String reason = differences.reason(one).orElse("NOT DELIBERATE");
      System.out.println(one.language() + " | " + one.name() + " | " + reason);
    }
  }

  private static void printCounts(Cutter cutter, Path file) throws IOException {
    var result = RecordedCounts.compare(cutter, read(file, SegmentationFigures::toRecorded));
    System.out.println("recorded counts " + result.all() + " " + result.all().ratio());
    System.out.println("two and more " + result.several() + " " + result.several().ratio());
    result.disagreements().stream()
        .limit(10)
        .forEach(one -> System.out.println(one.recorded().id() + " " + one.difference()));
  }

  private static Case toCase(JsonNode node) {
    List<String> segments = new ArrayList<>();
    node.get("segments").forEach(segment -> segments.add(segment.asText()));
    return new Case(
        node.get("language").asText(),
        node.get("name").asText(),
        node.get("text").asText(),
        segments);
  }

  private static Recorded toRecorded(JsonNode node) {
    int calls = node.get("arms").get("live-llm").get("prompt_tokens").size();
    return new Recorded(node.get("question_id").asText(), node.get("question").asText(), calls - 1);
  }

  private static <T> List<T> read(Path file, Function<JsonNode, T> form) throws IOException {
    List<T> result = new ArrayList<>();
    boolean packed = file.toString().endsWith(".gz");
    try (var bytes = Files.newInputStream(file);
        var reader =
            new BufferedReader(
                new InputStreamReader(
                    packed ? new GZIPInputStream(bytes) : bytes, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        result.add(form.apply(JSON.readTree(line)));
      }
    }
    return result;
  }
}
