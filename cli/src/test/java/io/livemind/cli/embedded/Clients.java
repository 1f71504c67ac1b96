package io.livemind.cli.embedded;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Clients of a broker under test. */
final class Clients {
  private final Map<String, Object> connection;

  Clients(EmbeddedBroker broker) {
    connection = Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  Admin admin() {
    return Admin.create(connection);
  }

  void send(String topic, String value) throws ExecutionException, InterruptedException {
    try (var producer =
        new KafkaProducer<>(connection, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, "key", value)).get();
    }
  }

  /** A member of a share group that begins with the oldest record. */
  KafkaShareConsumer<String, String> shareMember(String group, Collection<String> topics)
      throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      var fromStart = new ConfigEntry("share.auto.offset.reset", "earliest");
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.GROUP, group),
                  List.of(new AlterConfigOp(fromStart, AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
    var settings =
        Map.<String, Object>of(
            "bootstrap.servers", connection.get("bootstrap.servers"), "group.id", group);
    var member =
        new KafkaShareConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    member.subscribe(topics);
    return member;
  }
}
