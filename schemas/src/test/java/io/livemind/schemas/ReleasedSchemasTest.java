package io.livemind.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Control;
import io.livemind.schemas.avro.DeadLetter;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.Result;
import io.livemind.schemas.avro.Task;
import io.livemind.schemas.avro.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two neighbouring releases read each other's records. */
class ReleasedSchemasTest {
  private static final Usage SPENT = new Usage("owner", "session", 1, 2L, 3L, 4L, 5, 6, 7L, 8L);

  private static Stream<Class<?>> records() {
    return Stream.of(
        AnswerEvent.class,
        Control.class,
        DeadLetter.class,
        Fragment.class,
        Result.class,
        Task.class,
        Usage.class);
  }

  @ParameterizedTest
  @MethodSource("records")
  void everyReleasedSchemaCanBeRead(Class<?> record) {
    Schema now = SpecificData.get().getSchema(record);

    assertThat(Topics.SCHEMAS.of(record.getSimpleName()))
        .allSatisfy(
            released ->
                assertThat(
                        SchemaCompatibility.checkReaderWriterCompatibility(now, released).getType())
                    .isEqualTo(SchemaCompatibilityType.COMPATIBLE));
  }

  @ParameterizedTest
  @MethodSource("records")
  void nothingIsReadThatIsNotYetWritten(Class<?> record) {
    assertThat(SpecificData.get().getSchema(record))
        .withFailMessage(
            "%s has grown: see docs/adr/0008; or what was generated is of before (mvn clean)",
            record.getSimpleName())
        .isEqualTo(Topics.SCHEMAS.of(record.getSimpleName()).getLast());
  }

  @Test
  void theReleaseBeforeReadsWhatARecordWasBeforeItGrew() throws Exception {
    Schema before = without("costNanos");
    var grown = new AvroSerde<>(Usage.class, List.of(before));

    byte[] written = grown.encode(SPENT);

    GenericRecord read =
        new BinaryMessageDecoder<GenericRecord>(GenericData.get(), before).decode(written);
    assertThat(read.get("atMillis")).isEqualTo(7L);
    assertThat(grown.decode(written))
        .isEqualTo(new Usage("owner", "session", 1, 2L, 3L, 4L, 5, 6, 7L, 0L));
  }

  @Test
  void theReleaseAfterReadsWhatEachWrote() {
    Schema before = without("costNanos");
    Schema now = SpecificData.get().getSchema(Usage.class);
    var older = new AvroSerde<>(Usage.class, List.of(before));
    var newer = new AvroSerde<>(Usage.class, List.of(before, now));

    assertThat(newer.decode(older.encode(SPENT)).getCostNanos()).isZero();
    assertThat(newer.decode(newer.encode(SPENT))).isEqualTo(SPENT);
  }

  @Test
  void aReleaseThatDoesNotKnowASchemaRefusesItsRecords() {
    Schema before = without("costNanos");
    var older = new BinaryMessageDecoder<GenericRecord>(GenericData.get(), before);
    byte[] written = Topics.SCHEMAS.serde(Usage.class).encode(SPENT);

    assertThatThrownBy(() -> older.decode(written)).hasMessageContaining("fingerprint");
    assertThatThrownBy(() -> Topics.SCHEMAS.serde(Control.class).decode(written))
        .isInstanceOf(SerializationException.class);
  }

  @Test
  void aFieldThatIsNewInTheMiddleIsRefused() {
    Schema before = without("turns");

    assertThatThrownBy(() -> new AvroSerde<>(Usage.class, List.of(before)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Usage.atMillis is not where it was: a new field stands behind the others");
  }

  @Test
  void aRecordThatLostWhatItHadIsRefused() {
    Schema control = SpecificData.get().getSchema(Control.class);
    Schema withMore =
        new Schema.Parser().parse(control.toString().replace("\"GRANT\"", "\"GRANT\",\"BEFORE\""));

    assertThatThrownBy(() -> new AvroSerde<>(Control.class, List.of(withMore)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Control.command lost a value");
  }

  @Test
  void aRecordWithoutAReleasedSchemaIsAMistakeOfTheBuild() {
    var none = new ReleasedSchemas(Topics.class, List.of());

    assertThatThrownBy(() -> none.serde(Usage.class)).hasMessage("no released schema of Usage");
  }

  private static Schema without(String name) {
    Schema now = SpecificData.get().getSchema(Usage.class);
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : now.getFields()) {
      if (!field.name().equals(name)) fields.add(new Schema.Field(field, field.schema()));
    }
    return Schema.createRecord(now.getName(), now.getDoc(), now.getNamespace(), false, fields);
  }
}
