package io.livemind.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * Schemas that were written until now, in folders of {@code released/} beside a class: {@code
 * released/2/Task.avsc}; a folder without a record means that it was as before.
 *
 * <p>All of them are read, and the newest is written. A field that a release adds is in its classes
 * and in no folder: it is read from the release after, which adds the folder, and so writes it. In
 * this way two neighbouring releases read each other, in a rolling upgrade and on the way back.
 */
public final class ReleasedSchemas {
  private final Class<?> place;
  private final List<String> folders;

  /**
   * The schemas beside this class.
   *
   * @param folders of {@code released/}, the oldest first
   */
  public ReleasedSchemas(Class<?> place, List<String> folders) {
    this.place = place;
    this.folders = List.copyOf(folders);
  }

  /** Reads every schema of this record that was written, and writes the newest. */
  public <T extends SpecificRecord> AvroSerde<T> serde(Class<T> type) {
    return new AvroSerde<>(type, of(type.getSimpleName()));
  }

  /** Schemas of this record until now, the oldest first. */
  public List<Schema> of(String record) {
    List<Schema> schemas = new ArrayList<>();
    for (String folder : folders) {
      String path = "released/" + folder + "/" + record + ".avsc";
      try (InputStream file = place.getResourceAsStream(path)) {
        if (file != null) schemas.add(new Schema.Parser().parse(file));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + path, e);
      }
    }
    if (schemas.isEmpty()) throw new IllegalStateException("no released schema of " + record);
    return schemas;
  }
}
