package io.livemind.cli.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The configuration file: YAML whose only root is {@code livemind}, as flat names with the line
 * that each value stands in.
 */
final class YamlFile {
  private static final String ROOT = "livemind";

  private final Path path;
  private final Map<String, Located> values = new LinkedHashMap<>();

  private YamlFile(Path path) {
    this.path = path;
  }

  /**
   * Reads a file.
   *
   * @return values by their names without the leading {@code livemind.}
   * @throws ConfigurationException if it cannot be read, or is not as described
   */
  static Map<String, Located> read(Path path) {
    var file = new YamlFile(path);
    try (Reader reader = Files.newBufferedReader(path)) {
      Node root = new Yaml(new LoaderOptions()).compose(reader);
      if (root != null) file.root(root);
      return file.values;
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(
          path + " does not exist: name another file with --config or LIVEMIND_CONFIG", e);
    } catch (MarkedYAMLException e) {
      String line = e.getProblemMark() == null ? "" : " line " + (e.getProblemMark().getLine() + 1);
      throw new ConfigurationException(
          path + line + " is no YAML: " + e.getProblem() + "; mend the indentation or the quotes",
          e);
    } catch (YAMLException e) {
      throw new ConfigurationException(
          path + " is no YAML: " + e.getMessage() + "; write it in UTF-8, as text", e);
    } catch (IOException e) {
      throw new ConfigurationException(path + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void root(Node node) {
    if (!(node instanceof MappingNode mapping)) throw wrong(node, "must be a mapping");
    for (NodeTuple entry : mapping.getValue()) {
      String name = name(entry.getKeyNode());
      if (!name.equals(ROOT))
        throw wrong(
            entry.getKeyNode(), "has " + name + " at its root: everything stands under " + ROOT);
      collect("", entry.getValueNode());
    }
  }

  private void collect(String name, Node node) {
    switch (node) {
      case MappingNode mapping -> {
        for (NodeTuple entry : mapping.getValue()) {
          String part = name(entry.getKeyNode());
          // Kafka's own names hold dots; they are one name all the same.
          String segment = name.equals("kafka") || name.isEmpty() ? part : Key.segment(part);
          collect(name.isEmpty() ? segment : name + "." + segment, entry.getValueNode());
        }
      }
      case SequenceNode sequence -> {
        List<Node> items = sequence.getValue();
        for (int i = 0; i < items.size(); i++) collect(name + "[" + i + "]", items.get(i));
      }
      case ScalarNode scalar -> {
        if (scalar.getTag().equals(Tag.NULL)) return;
        String place = path + " line " + (scalar.getStartMark().getLine() + 1);
        if (values.put(name, new Located(scalar.getValue(), place)) != null)
          throw wrong(scalar, "gives " + name + " twice: remove one");
      }
      default -> throw wrong(node, "holds an alias: write the value out");
    }
  }

  private String name(Node key) {
    if (key instanceof ScalarNode scalar) return scalar.getValue();
    throw wrong(key, "has a key that is no text");
  }

  private ConfigurationException wrong(Node node, String what) {
    return new ConfigurationException(
        path + " line " + (node.getStartMark().getLine() + 1) + " " + what);
  }
}
