package io.livemind.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Checks JSON values against one of the published schemas, by the keywords that those use. A schema
 * with any other keyword is refused, so that no rule is passed over.
 */
public final class JsonSchema {
  private static final Set<String> KNOWN =
      Set.of(
          "$schema",
          "$defs",
          "$ref",
          "title",
          "description",
          "type",
          "const",
          "required",
          "properties",
          "additionalProperties",
          "items",
          "prefixItems",
          "minItems",
          "minLength",
          "maxLength",
          "minimum",
          "oneOf");

  private final JsonNode root;

  private JsonSchema(JsonNode root) {
    this.root = root;
  }

  /** The schema that lies beside a class. */
  public static JsonSchema beside(Class<?> type, String name) throws IOException {
    try (InputStream bytes = type.getResourceAsStream(name)) {
      return new JsonSchema(new ObjectMapper().readTree(bytes));
    }
  }

  /** What is wrong with a value; empty if it conforms. */
  public List<String> check(JsonNode value) {
    var wrong = new ArrayList<String>();
    check(value, root, "$", wrong);
    return wrong;
  }

  private void check(JsonNode value, JsonNode schema, String path, List<String> wrong) {
    schema
        .fieldNames()
        .forEachRemaining(
            keyword -> {
              if (!KNOWN.contains(keyword))
                throw new IllegalArgumentException("unknown keyword " + keyword);
            });
    if (schema.has("$ref")) {
      JsonNode target = root.at(schema.get("$ref").textValue().substring(1));
      if (target.isMissingNode()) throw new IllegalArgumentException("dangling $ref at " + path);
      check(value, target, path, wrong);
    }
    if (schema.has("oneOf")) checkOneOf(value, schema.get("oneOf"), path, wrong);
    if (schema.has("const") && !schema.get("const").equals(value))
      wrong.add(path + " is not " + schema.get("const"));
    if (schema.has("type") && types(schema.get("type")).noneMatch(type -> hasType(value, type)))
      wrong.add(path + " is no " + schema.get("type"));
    if (value.isTextual()) checkLength(value.textValue(), schema, path, wrong);
    if (value.isNumber() && value.doubleValue() < schema.path("minimum").asDouble(-1e300))
      wrong.add(path + " is too small");
    if (value.isObject()) checkObject(value, schema, path, wrong);
    if (value.isArray()) checkArray(value, schema, path, wrong);
  }

  /** One, or several of which one must fit. */
  private static Stream<String> types(JsonNode type) {
    return type.isArray()
        ? StreamSupport.stream(type.spliterator(), false).map(JsonNode::textValue)
        : Stream.of(type.textValue());
  }

  private void checkOneOf(JsonNode value, JsonNode choices, String path, List<String> wrong) {
    int fitting = 0;
    for (JsonNode choice : choices) {
      var reasons = new ArrayList<String>();
      check(value, choice, path, reasons);
      if (reasons.isEmpty()) fitting++;
    }
    if (fitting != 1) wrong.add(path + " fits " + fitting + " of the choices");
  }

  private void checkObject(JsonNode value, JsonNode schema, String path, List<String> wrong) {
    for (JsonNode name : schema.path("required"))
      if (!value.has(name.textValue())) wrong.add(path + " lacks " + name.textValue());
    JsonNode others = schema.path("additionalProperties");
    for (var field : value.properties()) {
      String at = path + "." + field.getKey();
      JsonNode known = schema.path("properties").path(field.getKey());
      if (known.isObject()) check(field.getValue(), known, at, wrong);
      else if (others.isObject()) check(field.getValue(), others, at, wrong);
      else if (others.isBoolean() && !others.booleanValue()) wrong.add(at + " is unknown");
    }
  }

  private void checkArray(JsonNode value, JsonNode schema, String path, List<String> wrong) {
    if (value.size() < schema.path("minItems").asInt(0)) wrong.add(path + " is too short");
    JsonNode prefix = schema.path("prefixItems");
    JsonNode items = schema.path("items");
    for (int i = 0; i < value.size(); i++) {
      String at = path + "[" + i + "]";
      if (i < prefix.size()) check(value.get(i), prefix.get(i), at, wrong);
      else if (items.isObject()) check(value.get(i), items, at, wrong);
      else if (items.isBoolean() && !items.booleanValue()) wrong.add(at + " is too much");
    }
  }

  private static void checkLength(String text, JsonNode schema, String path, List<String> wrong) {
    int length = text.codePointCount(0, text.length());
    boolean fits =
        length >= schema.path("minLength").asInt(0)
            && length <= schema.path("maxLength").asInt(Integer.MAX_VALUE);
    if (!fits) wrong.add(path + " has the wrong length");
  }

  private static boolean hasType(JsonNode value, String type) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "number" -> value.isNumber();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> throw new IllegalArgumentException("unknown type " + type);
    };
  }
}
