package io.livemind.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Whether JSON has the shape that a schema of docs/openapi.json tells: the part of JSON Schema that
 * stands there, and nothing else, so that a word that this class does not know is a failure.
 */
final class JsonShape {
  private static final List<String> KNOWN =
      List.of(
          "$ref",
          "type",
          "required",
          "properties",
          "additionalProperties",
          "items",
          "minItems",
          "maxItems",
          "minimum",
          "pattern",
          "enum",
          "const",
          "oneOf",
          "description");

  private final JsonNode document;

  JsonShape(JsonNode document) {
    this.document = document;
  }

  /** What is wrong, a line each; empty if nothing is. */
  List<String> faults(JsonNode schema, JsonNode value) {
    var faults = new ArrayList<String>();
    check(schema, value, "$", faults);
    return faults;
  }

  JsonNode named(String schema) {
    return document.at("/components/schemas/" + schema);
  }

  private void check(JsonNode schema, JsonNode value, String at, List<String> faults) {
    schema
        .fieldNames()
        .forEachRemaining(
            word -> {
              if (!KNOWN.contains(word)) throw new IllegalStateException("unknown word " + word);
            });
    if (schema.has("$ref")) {
      JsonNode target = document.at(schema.path("$ref").asText().substring(1));
      if (target.isMissingNode()) throw new IllegalStateException("no " + schema.path("$ref"));
      check(target, value, at, faults);
    }
    if (schema.has("oneOf")) {
      long fitting =
          StreamSupport.stream(schema.path("oneOf").spliterator(), false)
              .filter(each -> faults(each, value).isEmpty())
              .count();
      if (fitting != 1) faults.add(at + " fits " + fitting + " of the alternatives: " + value);
    }
    if (schema.has("const") && !schema.path("const").equals(value))
      faults.add(at + " is not " + schema.path("const"));
    if (schema.has("enum") && !contains(schema.path("enum"), value))
      faults.add(at + " is none of " + schema.path("enum"));
    if (schema.has("type") && !typed(schema.path("type"), value))
      faults.add(at + " is no " + schema.path("type") + " but " + value);
    if (value.isObject()) checkObject(schema, value, at, faults);
    if (value.isArray() && schema.has("items"))
      for (int i = 0; i < value.size(); i++)
        check(schema.path("items"), value.get(i), at + "[" + i + "]", faults);
  }

  private void checkObject(JsonNode schema, JsonNode value, String at, List<String> faults) {
    for (JsonNode name : schema.path("required"))
      if (!value.has(name.asText())) faults.add(at + " lacks " + name.asText());
    JsonNode properties = schema.path("properties");
    boolean closed = schema.has("additionalProperties");
    value
        .properties()
        .forEach(
            field -> {
              Optional<JsonNode> known = Optional.ofNullable(properties.get(field.getKey()));
              known.ifPresent(
                  property -> check(property, field.getValue(), at + "." + field.getKey(), faults));
              if (known.isEmpty() && closed) faults.add(at + " has " + field.getKey());
            });
  }

  private static boolean contains(JsonNode list, JsonNode value) {
    return StreamSupport.stream(list.spliterator(), false).anyMatch(value::equals);
  }

  private static boolean typed(JsonNode type, JsonNode value) {
    Stream<String> types =
        type.isArray()
            ? StreamSupport.stream(type.spliterator(), false).map(JsonNode::asText)
            : Stream.of(type.asText());
    return types.anyMatch(
        name ->
            switch (name) {
              case "string" -> value.isTextual();
              case "integer" -> value.isIntegralNumber();
              case "boolean" -> value.isBoolean();
              case "object" -> value.isObject();
              case "array" -> value.isArray();
              case "null" -> value.isNull();
              default -> throw new IllegalStateException("unknown type " + name);
            });
  }
}
