package io.livemind.topology.state;

import io.livemind.schemas.AvroSerde;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * Serdes of the stored records that also read what earlier builds stored: a rolling upgrade finds a
 * store that another build wrote. The newest folder of {@code released/} beside this class holds
 * the schemas of this build; whoever changes a stored record adds a folder.
 */
final class StateSchemas {
  /** Folders of {@code released/}, the oldest first. */
  private static final List<String> RELEASED = List.of("1", "2", "3", "4");

  private StateSchemas() {}

  static <T extends SpecificRecord> AvroSerde<T> serde(Class<T> type) {
    return new AvroSerde<>(type, released(type.getSimpleName()));
  }

  /** Schemas of this record until now; a folder without one means that it was as before. */
  static List<Schema> released(String record) {
    List<Schema> schemas = new ArrayList<>();
    for (String folder : RELEASED) {
      String path = "released/" + folder + "/" + record + ".avsc";
      try (InputStream file = StateSchemas.class.getResourceAsStream(path)) {
        if (file != null) schemas.add(new Schema.Parser().parse(file));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + path, e);
      }
    }
    return schemas;
  }
}
