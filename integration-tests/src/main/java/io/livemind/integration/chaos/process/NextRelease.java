package io.livemind.integration.chaos.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Control;
import io.livemind.schemas.avro.DeadLetter;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.Result;
import io.livemind.schemas.avro.Task;
import io.livemind.schemas.avro.Usage;
import io.livemind.topology.state.avro.StoredHead;
import io.livemind.topology.state.avro.StoredHistory;
import io.livemind.topology.state.avro.StoredInference;
import io.livemind.topology.state.avro.StoredSegment;
import io.livemind.topology.state.avro.StoredTurn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.avro.Schema;
import org.apache.avro.compiler.specific.SpecificCompiler;
import org.apache.avro.generic.GenericData.StringType;
import org.apache.avro.specific.SpecificData;

/**
 * The next release, as it may be: this one, in which every record of every topic and of the store
 * has a further field. Its classes stand before this release's on the class path; the rest is the
 * same, and has what it needs of the old ones: their constructors.
 */
public final class NextRelease {
  private static final List<Class<?>> RECORDS =
      List.of(
          Fragment.class,
          Task.class,
          Result.class,
          Control.class,
          AnswerEvent.class,
          Usage.class,
          DeadLetter.class,
          StoredHead.class,
          StoredHistory.class,
          StoredInference.class,
          StoredSegment.class,
          StoredTurn.class);

  private static final String FIELD =
      """
      {"name": "addedLater", "default": null,
       "type": ["null", {"type": "string", "avro.java.string": "String"}]}
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  private NextRelease() {}

  /**
   * Makes its classes.
   *
   * @param folder that does not exist
   * @return the folder that stands before this release's class path
   */
  public static Path compile(Path folder) {
    try {
      Path sources = Files.createDirectories(folder.resolve("sources"));
      Path classes = Files.createDirectories(folder.resolve("classes"));
      for (Class<?> record : RECORDS) generate(record, sources);
      try (Stream<Path> files = Files.walk(sources)) {
        List<Path> all = files.filter(file -> file.toString().endsWith(".java")).toList();
        for (Path source : all) keepConstructor(sources, source);
        compile(all, classes);
      }
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException("the next release cannot be made in " + folder, e);
    }
  }

  private static void generate(Class<?> record, Path sources) throws IOException {
    JsonNode schema = JSON.readTree(SpecificData.get().getSchema(record).toString());
    grow(schema);
    var compiler = new SpecificCompiler(new Schema.Parser().parse(schema.toString()));
    compiler.setStringType(StringType.String);
    compiler.setFieldVisibility(SpecificCompiler.FieldVisibility.PRIVATE);
    compiler.setCreateSetters(false);
    compiler.setGettersReturnOptional(true);
    compiler.setOptionalGettersForNullableFieldsOnly(true);
    compiler.compileToDestination(null, sources.toFile());
  }

  private static void grow(JsonNode schema) throws IOException {
    boolean isRecord = schema.path("type").asText().equals("record");
    for (JsonNode part : schema) grow(part);
    if (isRecord) ((ArrayNode) schema.get("fields")).add(JSON.readTree(FIELD));
  }

  /** The compiled code of this release makes records without the further field. */
  private static void keepConstructor(Path sources, Path source) throws IOException {
    String name = sources.relativize(source).toString().replace('/', '.');
    Optional<Constructor<?>> before = constructor(name.substring(0, name.lastIndexOf('.')));
    if (before.isEmpty()) return;
    Class<?>[] types = before.get().getParameterTypes();
    String parameters =
        IntStream.range(0, types.length)
            .mapToObj(i -> types[i].getCanonicalName() + " a" + i)
            .collect(Collectors.joining(", "));
    String arguments =
        IntStream.range(0, types.length).mapToObj(i -> "a" + i).collect(Collectors.joining(", "));
    String simpleName = before.get().getDeclaringClass().getSimpleName();
    String constructor =
        "\n  public %s(%s) { this(%s, null); }\n".formatted(simpleName, parameters, arguments);
    String text = Files.readString(source);
    int body = text.indexOf('{', text.indexOf("public class " + simpleName + " "));
    Files.writeString(source, text.substring(0, body + 1) + constructor + text.substring(body + 1));
  }

  /** The one of all fields; empty: the type is no record, or has none. */
  private static Optional<Constructor<?>> constructor(String type) {
    try {
      return Arrays.stream(Class.forName(type).getConstructors())
          .filter(each -> each.getParameterCount() > 0)
          .max(Comparator.comparingInt(Constructor::getParameterCount));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("a record that this release has not", e);
    }
  }

  private static void compile(List<Path> sources, Path classes) {
    List<String> arguments =
        Stream.concat(
                Stream.of(
                    "-nowarn",
                    "-proc:none",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-d",
                    classes.toString()),
                sources.stream().map(Path::toString))
            .toList();
    var compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) throw new IllegalStateException("a JRE has no compiler: take a JDK");
    var told = new ByteArrayOutputStream();
    int code = compiler.run(null, told, told, arguments.toArray(String[]::new));
    if (code != 0) {
      throw new IllegalStateException(
          "the next release does not compile: " + told.toString(StandardCharsets.UTF_8));
    }
  }
}
