package io.livemind.topology.state;

import io.livemind.schemas.AvroSerde;
import io.livemind.schemas.ReleasedSchemas;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Serdes of the stored records: a rolling upgrade finds a store that another build wrote. */
final class StateSchemas {
  static final ReleasedSchemas RELEASED =
      new ReleasedSchemas(StateSchemas.class, List.of("1", "2", "3", "4", "5"));

  private StateSchemas() {}

  static <T extends SpecificRecord> AvroSerde<T> serde(Class<T> type) {
    return RELEASED.serde(type);
  }
}
