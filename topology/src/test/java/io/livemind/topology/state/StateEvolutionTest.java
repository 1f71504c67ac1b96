package io.livemind.topology.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.AvroSerde;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.topology.session.Flight.Purpose;
import io.livemind.topology.session.Phase;
import io.livemind.topology.session.Spending;
import io.livemind.topology.state.avro.StoredHead;
import io.livemind.topology.state.avro.StoredHistory;
import io.livemind.topology.state.avro.StoredInference;
import io.livemind.topology.state.avro.StoredSegment;
import io.livemind.topology.state.avro.StoredTurn;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an earlier build stored is read by this one. */
class StateEvolutionTest {

  @ParameterizedTest
  @ValueSource(
      classes = {SessionOptions.class, StoredHead.class, StoredHistory.class, StoredTurn.class})
  void everyReleasedSchemaCanBeRead(Class<?> record) {
    Schema now = SpecificData.get().getSchema(record);

    assertThat(StateSchemas.RELEASED.of(record.getSimpleName()))
        .isNotEmpty()
        .allSatisfy(
            released ->
                assertThat(
                        SchemaCompatibility.checkReaderWriterCompatibility(now, released).getType())
                    .isEqualTo(SchemaCompatibilityType.COMPATIBLE));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        SessionOptions.class,
        StoredHead.class,
        StoredHistory.class,
        StoredInference.class,
        StoredSegment.class,
        StoredTurn.class
      })
  void theNewestFolderHoldsTheSchemasOfThisBuild(Class<?> record) {
    assertThat(StateSchemas.RELEASED.of(record.getSimpleName()).getLast())
        .as("a stored record has grown: see docs/adr/0008")
        .isEqualTo(SpecificData.get().getSchema(record));
  }

  @Test
  void aSessionThatAnEarlierBuildLeftInTheMiddleOfAnAnswerGoesOn() throws IOException {
    byte[] stored = encoded(head(StateSchemas.RELEASED.of("StoredHead").getFirst()));

    AvroSerde<StoredHead> heads = StateSchemas.serde(StoredHead.class);
    Head head = new HeadCodec().fromStored(heads.decode(stored));

    assertThat(head.answersPartition()).isEqualTo(3);
    assertThat(head.movingTo()).isEqualTo(Head.STAYS);
    assertThat(head.state().spending()).isEqualTo(Spending.NONE);
    assertThat(head.state().phase()).isInstanceOf(Phase.Answering.class);
    assertThat(head.state().phase().inFlight().orElseThrow().purpose()).isEqualTo(Purpose.ANSWER);
  }

  private static GenericRecord head(Schema schema) {
    var composition = new GenericData.Record(schema.getField("composition").schema());
    fillWithDefaults(composition);
    composition.put("writer", 1L);
    composition.put("nextSequence", 5L);
    composition.put("turn", 1);
    composition.put("closedHash", 7L);
    var flight = new GenericData.Record(schema.getField("flight").schema().getTypes().get(1));
    fillWithDefaults(flight);
    flight.put("taskId", "s/0/0/1");
    flight.put("answer", true);
    flight.put("step", 1);
    flight.put("attempt", 1);
    flight.put("revision", 0);
    flight.put("segments", 2);
    flight.put("inputHash", 9L);
    flight.put("dispatchedAtMillis", 11L);
    var head = new GenericData.Record(schema);
    fillWithDefaults(head);
    head.put("answersPartition", 3);
    head.put("ownerDigest", "owner");
    head.put("composition", composition);
    head.put("turn", 0);
    head.put("phase", new GenericData.EnumSymbol(schema.getField("phase").schema(), "ANSWERING"));
    head.put("flight", flight);
    return head;
  }

  private static void fillWithDefaults(GenericRecord record) {
    for (Schema.Field field : record.getSchema().getFields()) {
      if (field.hasDefaultValue())
        record.put(field.name(), GenericData.get().getDefaultValue(field));
    }
  }

  private static byte[] encoded(GenericRecord record) throws IOException {
    var buffer =
        new BinaryMessageEncoder<GenericRecord>(GenericData.get(), record.getSchema())
            .encode(record);
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
