package io.livemind.integration.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * As much of kustomize as our overlays use: resources, components, namespace, labels in templates,
 * generated config maps (without the hash in their name), image names and tags, JSON patches and
 * deletions by kind and name. Anything else in a kustomization is an error.
 */
final class Kustomize {
  private Kustomize() {}

  /** The resources of a folder with a {@code kustomization.yaml}. */
  static List<Map<String, Object>> render(Path folder) throws IOException {
    List<Map<String, Object>> resources = new ArrayList<>();
    renderInto(resources, folder);
    return resources;
  }

  /**
   * Adds what a folder has, and changes what is there: a component sees the resources before it.
   */
  static void renderInto(List<Map<String, Object>> resources, Path folder) throws IOException {
    Map<String, Object> kustomization = documents(folder.resolve("kustomization.yaml")).get(0);
    for (Object resource : list(kustomization.getOrDefault("resources", List.of()))) {
      Path path = folder.resolve(String.valueOf(resource)).normalize();
      resources.addAll(Files.isDirectory(path) ? render(path) : documents(path));
    }
    for (Object generator : list(kustomization.getOrDefault("configMapGenerator", List.of())))
      resources.add(configMap(folder, map(generator)));
    for (Object component : list(kustomization.getOrDefault("components", List.of())))
      renderInto(resources, folder.resolve(String.valueOf(component)).normalize());
    for (Map.Entry<String, Object> step : kustomization.entrySet()) {
      Object value = step.getValue();
      switch (step.getKey()) {
        case "apiVersion", "kind", "resources", "components", "configMapGenerator" -> {}
        case "namespace" -> namespace(resources, String.valueOf(value));
        case "labels" -> list(value).forEach(labels -> label(resources, map(labels)));
        case "images" -> list(value).forEach(image -> tag(resources, map(image)));
        case "patches" -> list(value).forEach(patch -> patch(resources, map(patch)));
        default -> throw new IllegalStateException(folder + " uses " + step.getKey());
      }
    }
  }

  static List<Map<String, Object>> documents(Path file) throws IOException {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    List<Map<String, Object>> documents = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(options)).loadAll(Files.readString(file)))
      documents.add(map(document));
    return documents;
  }

  private static void namespace(List<Map<String, Object>> resources, String namespace) {
    for (Map<String, Object> resource : resources)
      if (!"Namespace".equals(resource.get("kind")))
        map(resource.get("metadata")).put("namespace", namespace);
  }

  private static void label(List<Map<String, Object>> resources, Map<String, Object> labels) {
    Map<String, Object> pairs = map(labels.get("pairs"));
    boolean templates = Boolean.TRUE.equals(labels.get("includeTemplates"));
    for (Map<String, Object> resource : resources) {
      put(map(resource.get("metadata")), "labels", pairs);
      boolean pods = List.of("Deployment", "StatefulSet", "Job").contains(resource.get("kind"));
      if (!pods || !templates) continue;
      Map<String, Object> spec = map(resource.get("spec"));
      put(map(map(spec.get("template")).get("metadata")), "labels", pairs);
      for (Object claim : list(spec.getOrDefault("volumeClaimTemplates", List.of())))
        put(map(map(claim).get("metadata")), "labels", pairs);
    }
  }

  private static void put(Map<String, Object> owner, String key, Map<String, Object> pairs) {
    Map<String, Object> all = new LinkedHashMap<>(map(owner.getOrDefault(key, Map.of())));
    all.putAll(pairs);
    owner.put(key, all);
  }

  private static Map<String, Object> configMap(Path folder, Map<String, Object> generator)
      throws IOException {
    Map<String, Object> data = new LinkedHashMap<>();
    for (Object file : list(generator.get("files")))
      data.put(String.valueOf(file), Files.readString(folder.resolve(String.valueOf(file))));
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", generator.get("name"));
    Map<String, Object> configMap = new LinkedHashMap<>();
    configMap.put("apiVersion", "v1");
    configMap.put("kind", "ConfigMap");
    configMap.put("metadata", metadata);
    configMap.put("data", data);
    return configMap;
  }

  private static void tag(List<Map<String, Object>> resources, Map<String, Object> image) {
    String name = String.valueOf(image.get("name"));
    for (Map<String, Object> container : Manifests.containers(resources))
      if (name.equals(String.valueOf(container.get("image")).replaceFirst(":.*", "")))
        container.put("image", image.getOrDefault("newName", name) + ":" + image.get("newTag"));
  }

  private static void patch(List<Map<String, Object>> resources, Map<String, Object> patch) {
    Map<String, Object> target = map(patch.get("target"));
    List<Map<String, Object>> targets =
        resources.stream()
            .filter(resource -> Objects.equals(target.get("kind"), resource.get("kind")))
            .filter(
                resource ->
                    Manifests.name(resource)
                        .matches(String.valueOf(target.getOrDefault("name", ".*"))))
            .toList();
    if (targets.isEmpty()) throw new IllegalStateException("a patch has no target: " + target);
    Object change = new Yaml().load(String.valueOf(patch.get("patch")));
    if (change instanceof Map<?, ?> whole && "delete".equals(whole.get("$patch"))) {
      resources.removeAll(targets);
      return;
    }
    for (Object operation : list(change))
      targets.forEach(resource -> apply(resource, map(operation)));
  }

  private static void apply(Map<String, Object> resource, Map<String, Object> operation) {
    String[] path = String.valueOf(operation.get("path")).substring(1).split("/");
    @Nullable Object owner = resource;
    for (int i = 0; i < path.length - 1; i++)
      owner =
          owner instanceof List<?> items
              ? items.get(Integer.parseInt(path[i]))
              : map(owner).get(path[i].replace("~1", "/"));
    String last = path[path.length - 1];
    if (owner instanceof List<?>) {
      list(owner).add(operation.get("value"));
      return;
    }
    if ("replace".equals(operation.get("op")) && !map(owner).containsKey(last))
      throw new IllegalStateException("nothing to replace at " + operation.get("path"));
    map(owner).put(last, operation.get("value"));
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(@Nullable Object value) {
    if (!(value instanceof Map)) throw new IllegalStateException("not a mapping: " + value);
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  static List<Object> list(@Nullable Object value) {
    if (!(value instanceof List)) throw new IllegalStateException("not a list: " + value);
    return (List<Object>) value;
  }
}
