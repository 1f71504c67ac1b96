package io.livemind.schemas;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * How a record may grow so that its generated class can still write the schema of before: Avro
 * writes a field of a generated class by its number, so what is new stands behind what was.
 */
final class SchemaGrowth {
  private final Set<String> seen = new HashSet<>();

  private SchemaGrowth() {}

  /**
   * Looks whether a record of one schema can be written as one of another.
   *
   * @param before the schema to write
   * @param now the schema of the class
   * @throws IllegalArgumentException that names the place where it cannot
   */
  static void check(Schema before, Schema now) {
    new SchemaGrowth().compare(before, now, before.getName());
  }

  private void compare(Schema before, Schema now, String place) {
    require(before.getType() == now.getType(), place, "has another type");
    switch (before.getType()) {
      case RECORD -> compareRecords(before, now);
      case ENUM ->
          require(now.getEnumSymbols().containsAll(before.getEnumSymbols()), place, "lost a value");
      case ARRAY -> compare(before.getElementType(), now.getElementType(), place);
      case MAP -> compare(before.getValueType(), now.getValueType(), place);
      case UNION -> compareUnions(before, now, place);
      case FIXED -> require(before.getFixedSize() == now.getFixedSize(), place, "changed its size");
      default -> {}
    }
  }

  private void compareRecords(Schema before, Schema now) {
    if (!seen.add(before.getFullName())) return;
    List<Schema.Field> fields = before.getFields();
    for (int i = 0; i < fields.size(); i++) {
      Schema.Field field = fields.get(i);
      String place = before.getName() + "." + field.name();
      boolean stands =
          i < now.getFields().size() && now.getFields().get(i).name().equals(field.name());
      require(stands, place, "is not where it was: a new field stands behind the others");
      compare(field.schema(), now.getFields().get(i).schema(), place);
    }
    now.getFields().stream()
        .skip(fields.size())
        .forEach(
            field ->
                require(
                    field.hasDefaultValue(),
                    now.getName() + "." + field.name(),
                    "is new and has no default"));
  }

  private void compareUnions(Schema before, Schema now, String place) {
    for (Schema branch : before.getTypes()) {
      Integer index = now.getIndexNamed(branch.getFullName());
      require(index != null, place, "lost the branch " + branch.getName());
      compare(branch, now.getTypes().get(index), place);
    }
  }

  private static void require(boolean holds, String place, String message) {
    if (!holds) throw new IllegalArgumentException(place + " " + message);
  }
}
