package io.livemind.benchmarks.workers;

import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.ModelUsage;
import io.livemind.schemas.avro.Outcome;
import io.livemind.schemas.avro.Result;
import io.livemind.schemas.avro.Task;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What the other designs write: one outcome a task, nothing else. */
final class Outcomes implements AutoCloseable {
  private final Producer<String, Result> producer;
  private final String topic;

  Outcomes(Map<String, Object> kafka, Topics topics) {
    this.topic = topics.inferenceResults().name();
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put("linger.ms", 0);
    this.producer =
        new KafkaProducer<>(
            settings,
            topics.inferenceResults().key().serializer(),
            topics.inferenceResults().value().serializer());
  }

  void write(String session, Task task) {
    var outcome =
        new Outcome(
            task.getTaskId(),
            task.getTurn(),
            task.getAttempt(),
            "",
            task.getInputHash(),
            "word ",
            0,
            null,
            null,
            null,
            ModelUsage.newBuilder().build());
    var unused = producer.send(new ProducerRecord<>(topic, session, new Result(outcome)));
  }

  @Override
  public void close() {
    producer.close();
  }
}
