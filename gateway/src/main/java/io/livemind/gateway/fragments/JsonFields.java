package io.livemind.gateway.fragments;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.livemind.gateway.problem.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON object from outside, read strictly: each value is checked, and a {@link Problem} names the
 * field by its path.
 */
public final class JsonFields {
  private static final int DEEPEST = 32;
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final JsonNode object;
  private final String path;

  private JsonFields(JsonNode object, String path) {
    this.object = object;
    this.path = path;
  }

  /** The object of a request body. Nothing at all is an empty object. */
  public static JsonFields parse(byte[] body) {
    try {
      JsonNode node = body.length == 0 ? MAPPER.createObjectNode() : MAPPER.readTree(body);
      return of(node, "");
    } catch (IOException e) {
      throw Problem.invalid("body", "must be JSON in UTF-8, at most " + DEEPEST + " levels deep");
    }
  }

  private static JsonFields of(JsonNode node, String path) {
    if (!node.isObject())
      throw Problem.invalid(path.isEmpty() ? "body" : path, "must be an object");
    return new JsonFields(node, path);
  }

  /** The path of a field, as messages name it. */
  public String path(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  /** Whether the field is there and not null. */
  public boolean has(String field) {
    return object.hasNonNull(field);
  }

  /** The value as it is; a missing one is a missing node. */
  public JsonNode raw(String field) {
    return object.path(field);
  }

  /** Fails on a field that is none of these: a typing error is not passed over. */
  public void only(Set<String> known) {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name))
                throw Problem.invalid(
                    path.isEmpty() ? "body" : path, "has a field that is not known here");
            });
  }

  /** Text that must be there. */
  public String text(String field, int longest) {
    return optionalText(field, longest)
        .orElseThrow(() -> Problem.invalid(path(field), "must be there"));
  }

  /** Text that must be there, as long as a configured limit allows. */
  public String text(String field, String limit, int longest) {
    String text = text(field, Integer.MAX_VALUE);
    if (text.length() > longest) throw Problem.tooLarge(path(field), limit, longest);
    return text;
  }

  /** Text that may be missing. */
  public Optional<String> optionalText(String field, int longest) {
    JsonNode value = object.path(field);
    if (value.isMissingNode() || value.isNull()) return Optional.empty();
    if (!value.isTextual()) throw Problem.invalid(path(field), "must be text");
    return Optional.of(checked(path(field), value.textValue(), longest));
  }

  /** The text, if it is short enough, whole in its surrogate pairs and without NUL. */
  static String checked(String field, String text, int longest) {
    if (text.length() > longest) throw Problem.tooLarge(field, "text-length", longest);
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit == 0) throw Problem.invalid(field, "must not hold NUL");
      boolean paired =
          Character.isHighSurrogate(unit)
              ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
              : !Character.isLowSurrogate(unit)
                  || (i > 0 && Character.isHighSurrogate(text.charAt(i - 1)));
      if (!paired) throw Problem.invalid(field, "must not hold half a surrogate pair");
    }
    return text;
  }

  /** A whole number that must be there. */
  public long number(String field, long least, long most) {
    return optionalNumber(field, least, most)
        .orElseThrow(() -> Problem.invalid(path(field), "must be there"));
  }

  /** A whole number that may be missing. */
  public Optional<Long> optionalNumber(String field, long least, long most) {
    JsonNode value = object.path(field);
    if (value.isMissingNode() || value.isNull()) return Optional.empty();
    boolean fits = value.isIntegralNumber() && value.canConvertToLong();
    if (!fits || value.longValue() < least || value.longValue() > most)
      throw Problem.invalid(path(field), "must be a whole number from " + least + " to " + most);
    return Optional.of(value.longValue());
  }

  /** Yes or no; missing is no. */
  public boolean flag(String field) {
    JsonNode value = object.path(field);
    if (value.isMissingNode() || value.isNull()) return false;
    if (!value.isBoolean()) throw Problem.invalid(path(field), "must be true or false");
    return value.booleanValue();
  }

  /** An object that may be missing. */
  public Optional<JsonFields> object(String field) {
    return has(field) ? Optional.of(of(object.path(field), path(field))) : Optional.empty();
  }

  /** Objects in a list that must be there. */
  public List<JsonFields> objects(String field, int most) {
    JsonNode value = object.path(field);
    if (!value.isArray() || value.isEmpty())
      throw Problem.invalid(path(field), "must be a list with at least one entry");
    if (value.size() > most) throw Problem.tooLarge(path(field), "entries", most);
    var result = new ArrayList<JsonFields>();
    for (int i = 0; i < value.size(); i++)
      result.add(of(value.get(i), path(field) + "[" + i + "]"));
    return result;
  }
}
