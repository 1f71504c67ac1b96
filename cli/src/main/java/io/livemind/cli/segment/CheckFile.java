package io.livemind.cli.segment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemind.cli.CommandException;
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
import java.util.zip.GZIPInputStream;

/**
 * A file of texts whose segments are known, one JSON object a line, perhaps gzipped: cases with
 * their segments ({@code language}, {@code name}, {@code text}, {@code segments}), or questions of
 * the LiveMind experiments with the calls that were made for them.
 *
 * @param cases texts with their segments
 * @param recorded texts with the number of their segments
 */
record CheckFile(Path path, List<Case> cases, List<Recorded> recorded) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static CheckFile read(Path path) {
    List<Case> cases = new ArrayList<>();
    List<Recorded> recorded = new ArrayList<>();
    int number = 0;
    try (var reader = open(path)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (line.isBlank()) continue;
        JsonNode node = JSON.readTree(line);
        if (node.path("segments").isArray()) cases.add(toCase(node));
        else if (node.at("/arms/live-llm/prompt_tokens").isArray()) recorded.add(toRecorded(node));
        else throw bad(path, number, "neither \"segments\" nor the calls of the arm \"live-llm\"");
      }
    } catch (JsonProcessingException e) {
      throw bad(path, number, e.getOriginalMessage());
    } catch (IOException e) {
      throw CommandException.usage("cannot read " + path + ": " + e.getMessage());
    }
    if (number == 0) throw CommandException.usage(path + " is empty");
    return new CheckFile(path, List.copyOf(cases), List.copyOf(recorded));
  }

  private static BufferedReader open(Path path) throws IOException {
    if (!Files.isRegularFile(path)) throw CommandException.usage("no such file: " + path);
    var bytes = Files.newInputStream(path);
    boolean packed = path.toString().endsWith(".gz");
    return new BufferedReader(
        new InputStreamReader(packed ? new GZIPInputStream(bytes) : bytes, StandardCharsets.UTF_8));
  }

  private static CommandException bad(Path path, int line, String reason) {
    return CommandException.usage(path + ":" + line + ": " + reason);
  }

  private static Case toCase(JsonNode node) {
    List<String> segments = new ArrayList<>();
    node.get("segments").forEach(segment -> segments.add(segment.asText()));
    return new Case(
        node.path("language").asText(),
        node.path("name").asText(),
        node.path("text").asText(),
        segments);
  }

  /** The last call is the answer; each call before it was made for one segment. */
  private static Recorded toRecorded(JsonNode node) {
    int calls = node.at("/arms/live-llm/prompt_tokens").size();
    return new Recorded(
        node.path("question_id").asText(), node.path("question").asText(), calls - 1);
  }
}
