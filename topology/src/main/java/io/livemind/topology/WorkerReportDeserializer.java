package io.livemind.topology;

import io.livemind.schemas.avro.Result;
import io.livemind.topology.SessionInput.WorkerReport;
import org.apache.kafka.common.serialization.Deserializer;

/** Hands a result on as one of the second stage's inputs. */
record WorkerReportDeserializer(Deserializer<Result> results)
    implements Deserializer<SessionInput> {

  @Override
  public SessionInput deserialize(String topic, byte[] bytes) {
    return new WorkerReport(results.deserialize(topic, bytes));
  }
}
