package io.livemind.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Scripted replies as a file: UTF-8, one JSON object a line, blank lines pass.
 *
 * <pre>{"text":"action inference. It rains.","fault":"in-band-error"}</pre>
 *
 * <p>{@code fault} may be absent, {@code completionTokens} too: then they are counted from the
 * text.
 */
public final class ScriptFile {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private ScriptFile() {}

  /**
   * Reads a file.
   *
   * @return at least one reply, in the order of the lines
   * @throws IllegalArgumentException if it cannot be read, or a line is wrong: file, line, reason
   */
  public static List<ScriptedReply> read(Path path) {
    List<String> lines;
    try {
      lines = Files.readAllLines(path);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          path + ": cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
    var replies = new ArrayList<ScriptedReply>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) continue;
      try {
        replies.add(reply(MAPPER.readTree(lines.get(i))));
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(path + ":" + (i + 1) + ": the line is not JSON", e);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(path + ":" + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    if (replies.isEmpty()) throw new IllegalArgumentException(path + ": holds no reply");
    return List.copyOf(replies);
  }

  private static ScriptedReply reply(JsonNode line) {
    JsonNode text = line.path("text");
    if (!text.isTextual()) throw new IllegalArgumentException("\"text\" must be a text");
    JsonNode tokens = line.path("completionTokens");
    if (!tokens.isMissingNode() && !tokens.isInt())
      throw new IllegalArgumentException("\"completionTokens\" must be an integer");
    int counted = ApproximateTokens.completionTokens(text.textValue());
    return new ScriptedReply(text.textValue(), tokens.asInt(counted), fault(line.path("fault")));
  }

  private static Optional<Fault> fault(JsonNode name) {
    if (name.isMissingNode() || name.isNull()) return Optional.empty();
    return Optional.of(
        Fault.of(name.asText())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "\"fault\" must be one of " + Fault.codes() + ", is " + name)));
  }
}
