package io.livemind.replay.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON value of one line of a file, read with checks: each error names the field, the rule and
 * what was found, never the text.
 *
 * @param node the value
 * @param path how the value is reached from the line, for errors; empty for the whole line
 */
public record JsonLine(JsonNode node, String path) {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Parses a line.
   *
   * @throws IllegalArgumentException if it is not exactly one JSON value
   */
  public static JsonLine parse(String line) {
    try {
      return new JsonLine(MAPPER.readTree(line), "");
    } catch (JsonProcessingException e) {
      var where = e.getLocation();
      String column = where == null ? "" : " at column " + where.getColumnNr();
      throw new IllegalArgumentException("the line is not JSON" + column);
    }
  }

  /** A field that must be there. */
  public JsonLine field(String name) {
    return optional(name).orElseThrow(() -> new IllegalArgumentException(at(name) + " is missing"));
  }

  /** A field that may be absent or null. */
  public Optional<JsonLine> optional(String name) {
    if (!node.isObject()) throw wrong("an object");
    JsonNode value = node.get(name);
    return value == null || value.isNull()
        ? Optional.empty()
        : Optional.of(new JsonLine(value, at(name)));
  }

  /** Rejects fields that the format does not know. */
  void only(Set<String> known) {
    if (!node.isObject()) throw wrong("an object");
    for (var names = node.fieldNames(); names.hasNext(); )
      if (!known.contains(names.next()))
        throw new IllegalArgumentException(
            describe() + " may hold only " + known.stream().sorted().toList());
  }

  public String text() {
    if (!node.isTextual()) throw wrong("a text");
    return node.textValue();
  }

  double number() {
    if (!node.isNumber()) throw wrong("a number");
    return node.doubleValue();
  }

  /** A number of seconds: finite and 0 or more. */
  public double seconds() {
    double value = number();
    if (!Double.isFinite(value) || value < 0)
      throw new IllegalArgumentException(describe() + " must be 0 or more, is " + value);
    return value;
  }

  int integer() {
    if (!node.isIntegralNumber() || !node.canConvertToInt()) throw wrong("an integer");
    return node.intValue();
  }

  boolean truth() {
    if (!node.isBoolean()) throw wrong("true or false");
    return node.booleanValue();
  }

  List<JsonLine> elements() {
    if (!node.isArray()) throw wrong("an array");
    var elements = new ArrayList<JsonLine>(node.size());
    for (int i = 0; i < node.size(); i++)
      elements.add(new JsonLine(node.get(i), path + "[" + i + "]"));
    return elements;
  }

  IllegalArgumentException wrong(String wanted) {
    String found = node.getNodeType().name().toLowerCase(Locale.ROOT);
    return new IllegalArgumentException(describe() + " must be " + wanted + ", is " + found);
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private String describe() {
    return path.isEmpty() ? "the line" : path;
  }
}
