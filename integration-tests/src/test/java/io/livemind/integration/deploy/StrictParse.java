package io.livemind.integration.deploy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/**
 * Two looks at a manifest: through models that keep what they do not know, which is then an error,
 * and through ones that check what must be there, and which values are allowed.
 */
final class StrictParse {
  private static final List<String> MODELS =
      List.of("io.fabric8.kubernetes.api.model.", "io.strimzi.api.kafka.model.");

  private static final Map<String, Class<?>> STRIMZI =
      Map.of(
          "Kafka", Kafka.class,
          "KafkaNodePool", KafkaNodePool.class,
          "KafkaTopic", KafkaTopic.class,
          "KafkaUser", KafkaUser.class);

  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private static final Map<String, String> GROUPS =
      Map.of(
          "v1",
          "V1",
          "apps/v1",
          "V1",
          "batch/v1",
          "V1",
          "policy/v1",
          "V1",
          "networking.k8s.io/v1",
          "V1");

  private final List<String> unknown = new ArrayList<>();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private StrictParse() {}

  /** Fields that no model knows, by their path. */
  static List<String> unknownFields(String yaml) throws ReflectiveOperationException {
    return unknownFields((Object) Serialization.unmarshal(yaml));
  }

  /** The same for a kind of Strimzi's. */
  static List<String> unknownFieldsOfStrimzi(Map<String, Object> resource)
      throws ReflectiveOperationException {
    Class<?> model = STRIMZI.get(String.valueOf(resource.get("kind")));
    if (model == null) return List.of("no model for " + resource.get("kind"));
    return unknownFields(Serialization.unmarshal(new Yaml().dump(resource), model));
  }

  /**
   * Returns if KEDA knows every field, and those that it needs are there.
   *
   * @throws IllegalArgumentException that names the field
   */
  static void validateKeda(Map<String, Object> resource) {
    STRICT.convertValue(resource, ScaledObject.class);
  }

  private static List<String> unknownFields(Object resource) throws ReflectiveOperationException {
    if (resource instanceof GenericKubernetesResource generic)
      return List.of("no model for " + generic.getApiVersion() + " " + generic.getKind());
    var parse = new StrictParse();
    parse.walk(resource.getClass().getSimpleName(), resource);
    return parse.unknown;
  }

  /**
   * Returns if required fields are there, and enums have one of their values.
   *
   * @throws Exception that tells what is wrong
   */
  static void validate(Map<String, Object> resource) throws Exception {
    String version = GROUPS.get(String.valueOf(resource.get("apiVersion")));
    if (version == null)
      throw new IllegalStateException("no model of " + resource.get("apiVersion"));
    Class<?> model =
        Class.forName("io.kubernetes.client.openapi.models." + version + resource.get("kind"));
    JsonElement json = new Gson().toJsonTree(resource);
    model.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
  }

  private void walk(String path, @Nullable Object node) throws ReflectiveOperationException {
    if (node == null || !seen.add(node)) return;
    if (node instanceof Collection<?> items) {
      int number = 0;
      for (Object item : items) walk(path + "[" + number++ + "]", item);
    } else if (node instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet())
        walk(path + "." + entry.getKey(), entry.getValue());
    } else if (MODELS.stream().anyMatch(node.getClass().getName()::startsWith)) {
      for (Method getter : node.getClass().getMethods()) walk(path, node, getter);
    }
  }

  private void walk(String path, Object node, Method getter) throws ReflectiveOperationException {
    boolean extras = getter.getName().equals("getAdditionalProperties");
    if (getter.getParameterCount() != 0
        || !getter.getName().startsWith("get")
        || getter.getName().equals("getClass")
        || getter.isAnnotationPresent(JsonIgnore.class) && !extras) return;
    Object value = getter.invoke(node);
    if (!extras) walk(path + "." + getter.getName().substring(3), value);
    else if (value instanceof Map<?, ?> map && !map.isEmpty())
      unknown.add(path + " " + map.keySet());
  }
}
