package io.livemind.replay;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.livemind.replay.recording.TypingStyle;
import io.livemind.schemas.avro.ActionSet;
import io.livemind.schemas.avro.DraftWhen;
import io.livemind.schemas.avro.Granularity;
import io.livemind.schemas.avro.Mode;
import io.livemind.schemas.avro.OnSubmit;
import io.livemind.schemas.avro.PromptLayout;
import io.livemind.schemas.avro.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Arms that a user defines, as a JSON file: an array of objects, each with a {@code name}, the
 * built-in arm that it is {@code like}, and what is different. A comment is a line that begins with
 * {@code //}.
 *
 * <pre>
 * [{"name": "wait", "like": "live-llm"},
 *  {"name": "cancel", "like": "live-llm", "onSubmit": "cancel", "charactersPerMinute": 900}]
 * </pre>
 */
public final class ArmFile {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonParser.Feature.ALLOW_COMMENTS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Set<String> FIELDS =
      Set.of(
          "name",
          "like",
          "outputs",
          "baselines",
          "mode",
          "inferenceModel",
          "outputModel",
          "layout",
          "actions",
          "granularity",
          "onSubmit",
          "coalesce",
          "summarizeAfter",
          "maximumInferencesPerTurn",
          "draftPauseMillis",
          "draftWhen",
          "charactersPerMinute",
          "pasted",
          "pauseBeforeEnterMillis",
          "answerLength");

  private static final double MILLIS = 1_000;

  private ArmFile() {}

  /**
   * All arms of a file, in its order; at least one.
   *
   * @throws IllegalArgumentException naming file, arm, field and rule if anything in it is wrong
   */
  public static List<Arm> read(Path file) {
    try {
      return arms(MAPPER.readTree(Files.readString(file)));
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new IllegalArgumentException(file + ":" + line + ": is not JSON", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          file + ": cannot be read (" + e.getClass().getSimpleName() + ")", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static List<Arm> arms(JsonNode root) {
    if (!root.isArray() || root.isEmpty())
      throw new IllegalArgumentException("must hold an array of arms, at least one");
    var arms = new ArrayList<Arm>();
    for (JsonNode node : root) {
      Arm arm = arm(node);
      if (arms.stream().anyMatch(other -> other.name().equals(arm.name())))
        throw new IllegalArgumentException("two arms have the name \"" + arm.name() + "\"");
      arms.add(arm);
    }
    return arms;
  }

  private static Arm arm(JsonNode node) {
    if (!node.path("name").isTextual() || !node.path("like").isTextual())
      throw new IllegalArgumentException("each arm must have the texts \"name\" and \"like\"");
    String name = node.get("name").textValue();
    try {
      for (var names = node.fieldNames(); names.hasNext(); ) {
        String field = names.next();
        if (!FIELDS.contains(field))
          throw new IllegalArgumentException(
              "\"" + field + "\" is unknown: an arm has " + FIELDS.stream().sorted().toList());
      }
      Arm like = Arm.named(node.get("like").textValue());
      return new Arm(
          name,
          options(node, like.options()),
          node.path("outputs").asText(like.outputs()),
          like.latency(),
          baselines(node, like),
          typing(node),
          length(node, like));
    } catch (UnknownArmException | IllegalArgumentException e) {
      throw new IllegalArgumentException("arm \"" + name + "\": " + e.getMessage(), e);
    }
  }

  private static List<String> baselines(JsonNode node, Arm like) {
    if (!node.has("baselines")) return like.baselines();
    var baselines = new ArrayList<String>();
    node.get("baselines").forEach(baseline -> baselines.add(baseline.asText()));
    return baselines;
  }

  private static SessionOptions options(JsonNode node, SessionOptions like) {
    SessionOptions.Builder options = SessionOptions.newBuilder(like);
    choice(node, "mode", Mode.class, options::setMode);
    text(node, "inferenceModel", options::setInferenceModel);
    text(node, "outputModel", options::setOutputModel);
    choice(node, "layout", PromptLayout.class, options::setLayout);
    choice(node, "actions", ActionSet.class, options::setActions);
    choice(node, "granularity", Granularity.class, options::setGranularity);
    choice(node, "onSubmit", OnSubmit.class, options::setOnSubmit);
    choice(node, "draftWhen", DraftWhen.class, options::setDraftWhen);
    integer(node, "summarizeAfter", options::setSummarizeAfter);
    integer(node, "maximumInferencesPerTurn", options::setMaximumInferencesPerTurn);
    integer(node, "draftPauseMillis", options::setDraftPauseMillis);
    truth(node, "coalesce", options::setCoalesce);
    return options.build();
  }

  private static TypingStyle typing(JsonNode node) {
    var pasted = new boolean[1];
    truth(node, "pasted", value -> pasted[0] = value);
    return new TypingStyle(
        number(node, "charactersPerMinute", 1),
        pasted[0],
        number(node, "pauseBeforeEnterMillis", MILLIS));
  }

  private static AnswerLength length(JsonNode node, Arm like) {
    var length = new AtomicReference<>(like.answerLength());
    choice(node, "answerLength", AnswerLength.class, length::set);
    return length.get();
  }

  private static <E extends Enum<E>> void choice(
      JsonNode node, String field, Class<E> type, Consumer<E> set) {
    text(
        node,
        field,
        value -> {
          String wanted = value.toUpperCase(Locale.ROOT).replace('-', '_');
          List<E> choices = Arrays.asList(type.getEnumConstants());
          set.accept(
              choices.stream()
                  .filter(choice -> choice.name().equals(wanted))
                  .findFirst()
                  .orElseThrow(() -> wrong(field, "one of " + names(choices), value)));
        });
  }

  private static <E extends Enum<E>> List<String> names(List<E> choices) {
    return choices.stream()
        .map(choice -> choice.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .toList();
  }

  private static void text(JsonNode node, String field, Consumer<String> set) {
    if (!node.has(field)) return;
    if (!node.get(field).isTextual()) throw wrong(field, "a text", node.get(field));
    set.accept(node.get(field).textValue());
  }

  private static void integer(JsonNode node, String field, Consumer<Integer> set) {
    if (!node.has(field)) return;
    if (!node.get(field).isInt() || node.get(field).intValue() < 0)
      throw wrong(field, "an integer of 0 or more", node.get(field));
    set.accept(node.get(field).intValue());
  }

  private static void truth(JsonNode node, String field, Consumer<Boolean> set) {
    if (!node.has(field)) return;
    if (!node.get(field).isBoolean()) throw wrong(field, "true or false", node.get(field));
    set.accept(node.get(field).booleanValue());
  }

  private static OptionalDouble number(JsonNode node, String field, double divisor) {
    if (!node.has(field)) return OptionalDouble.empty();
    if (!node.get(field).isNumber()) throw wrong(field, "a number", node.get(field));
    return OptionalDouble.of(node.get(field).doubleValue() / divisor);
  }

  private static IllegalArgumentException wrong(String field, String rule, Object found) {
    return new IllegalArgumentException("\"" + field + "\" must be " + rule + ", but is " + found);
  }
}
