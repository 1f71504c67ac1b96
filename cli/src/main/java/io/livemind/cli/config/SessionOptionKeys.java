package io.livemind.cli.config;

import io.livemind.schemas.avro.SessionOptions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway's model can be told: the fields of {@link SessionOptions} with the defaults and
 * the sentences of their schema, so that a new field is a new key. Milliseconds become a duration.
 */
final class SessionOptionKeys {
  private static final String MILLIS = "Millis";
  private static final SessionOptions USUAL = SessionOptions.newBuilder().build();

  /** In the order of the schema. */
  static final List<Key<?>> ALL =
      SessionOptions.getClassSchema().getFields().stream()
          .<Key<?>>map(SessionOptionKeys::key)
          .toList();

  private SessionOptionKeys() {}

  /** The options of one of the gateway's models. */
  static SessionOptions read(Settings settings, String model) {
    SessionOptions options = SessionOptions.newBuilder().build();
    List<Schema.Field> fields = SessionOptions.getClassSchema().getFields();
    for (int i = 0; i < fields.size(); i++) {
      Optional<?> value = settings.find(ALL.get(i).at(model));
      int position = fields.get(i).pos();
      value.ifPresent(given -> options.put(position, stored(given)));
    }
    return options;
  }

  private static Object stored(Object given) {
    return given instanceof Duration duration
        ? (int) Math.min(duration.toMillis(), Integer.MAX_VALUE)
        : given;
  }

  private static Key<?> key(Schema.Field field) {
    @Nullable Object usual = USUAL.get(field.pos());
    boolean millis = field.name().endsWith(MILLIS);
    String plain =
        millis ? field.name().substring(0, field.name().length() - MILLIS.length()) : field.name();
    String name = GatewayKeys.MODELS + ".*." + hyphenated(plain);
    Optional<String> byDefault = Optional.ofNullable(usual).map(value -> shown(value, millis));
    return new Key<>(name, kind(field.schema(), millis), byDefault, false, sentence(field));
  }

  private static Kind<?> kind(Schema schema, boolean millis) {
    return switch (schema.getType()) {
      case INT -> millis ? Kind.DURATION : Kind.INTEGER;
      case BOOLEAN -> Kind.SWITCH;
      case ENUM -> choice(SpecificData.get().getClass(schema));
      case UNION ->
          kind(
              schema.getTypes().stream()
                  .filter(branch -> branch.getType() != Schema.Type.NULL)
                  .findFirst()
                  .orElseThrow(),
              millis);
      default -> Kind.TEXT;
    };
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Kind<?> choice(Class<?> type) {
    return Kind.choice((Class) type.asSubclass(Enum.class));
  }

  private static String shown(Object value, boolean millis) {
    return switch (value) {
      case Enum<?> constant -> Kind.hyphenated(constant);
      case Integer number when millis -> Kind.formatted(Duration.ofMillis(number));
      default -> value.toString();
    };
  }

  private static String sentence(Schema.Field field) {
    String doc = field.doc() != null ? field.doc() : typeDoc(field.schema());
    return doc.replaceAll("\\s+", " ").strip();
  }

  private static String typeDoc(Schema schema) {
    String doc = schema.getType() == Schema.Type.ENUM ? schema.getDoc() : null;
    return doc == null ? "See docs/prompts.md." : doc;
  }

  private static String hyphenated(String camel) {
    return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
