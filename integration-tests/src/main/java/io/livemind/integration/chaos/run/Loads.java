package io.livemind.integration.chaos.run;

import io.livemind.integration.chaos.process.PlantedBug;
import io.livemind.integration.chaos.process.RoleProcess;
import io.livemind.schemas.TextHash;
import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.Open;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.schemas.avro.Submit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Bad records, a bad session, and more people than models can answer. */
final class Loads {
  /** What strikes after {@link #CALM}: turns from before and from after it are compared. */
  static final String POISON = "poison";

  /** The same for {@link #overload}. */
  static final String OVERLOAD = "overload";

  /** People come at the first rate for so long, and for as long at a multiple of that rate. */
  static final Duration PHASE = Duration.ofSeconds(24);

  /** People of a phase: by as many places as workers have then. */
  static final int AS_MANY_AS_CAN_BE_ANSWERED = 44;

  /** Some have their answers by now, and others come later: the two are compared. */
  private static final Duration CALM = Duration.ofSeconds(8);

  /** Of each worker; an answer takes four seconds, so two workers give two a second. */
  private static final int FEW_PLACES = 4;

  private static final byte[] GARBAGE = "no record".getBytes(StandardCharsets.UTF_8);
  private static final int BAD_FRAGMENTS = 10;
  private static final String BAD_TEXT = (PlantedBug.BAD_WORD + " ").repeat(1_000);

  private Loads() {}

  /**
   * A record that is none into each partition of what topology, workers and gateways read; and a
   * session that says a lot, most of it where it may not, and submits what it never typed.
   */
  static void poison(Nemesis nemesis) throws InterruptedException {
    Cluster cluster = nemesis.cluster();
    Thread.sleep(CALM);
    nemesis.struck(POISON, "topics");
    var topics = cluster.topics();
    List<Topic<?, ?>> poisoned =
        List.of(
            topics.fragments(),
            topics.inferenceTasks(),
            topics.answerTasks(),
            topics.inferenceResults(),
            topics.workerControl(),
            topics.answers(),
            topics.usage());
    try (var producer =
        new KafkaProducer<>(
            cluster.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Topic<?, ?> topic : poisoned) {
        for (var partition : producer.partitionsFor(topic.name())) {
          var unused =
              producer.send(
                  new ProducerRecord<>(topic.name(), partition.partition(), GARBAGE, GARBAGE));
        }
      }
    }
    try (var producer =
        new KafkaProducer<>(
            cluster.kafka(),
            topics.fragments().key().serializer(),
            topics.fragments().value().serializer())) {
      int partitions = producer.partitionsFor(topics.fragments().name()).size();
      for (int partition = 0; partition < partitions; partition++) {
        String session = sessionIn(partition, partitions);
        for (Fragment fragment : badSession()) {
          var unused =
              producer.send(new ProducerRecord<>(topics.fragments().name(), session, fragment));
        }
      }
    }
  }

  private static String sessionIn(int partition, int partitions) {
    return Stream.generate(() -> "bad-" + UUID.randomUUID())
        .filter(session -> Topics.partitionOf(session, partitions) == partition)
        .findFirst()
        .orElseThrow();
  }

  private static List<Fragment> badSession() {
    List<Fragment> fragments = new ArrayList<>();
    long now = System.currentTimeMillis();
    var options = SessionOptions.newBuilder().setTurnDeadlineMillis(60_000).build();
    fragments.add(new Fragment(1L, 0L, 0, 0, now, new Open(options, "")));
    for (long i = 1; i <= BAD_FRAGMENTS; i++) {
      fragments.add(new Fragment(1L, i, 0, 0, now, new Append(BAD_TEXT + ". ")));
      fragments.add(new Fragment(1L, i + 1_000, 7, 0, now, new Append(BAD_TEXT)));
    }
    String whole = (BAD_TEXT + ". ").repeat(BAD_FRAGMENTS);
    long next = BAD_FRAGMENTS + 1;
    fragments.add(new Fragment(1L, next, 0, 0, now, new Submit(1, 1L)));
    fragments.add(
        new Fragment(1L, next + 1, 0, 0, now, new Submit(whole.length(), TextHash.of(whole))));
    return fragments;
  }

  /** Workers have few places; people come at a rate that these can do, and then far faster. */
  static void overload(Nemesis nemesis) throws InterruptedException {
    Cluster cluster = nemesis.cluster();
    replaceWorkers(cluster, true);
    nemesis.letPeopleCome();
    nemesis.struck("flood", "gateways");
    Thread.sleep(PHASE);
    nemesis.struck(OVERLOAD, "workers");
    Thread.sleep(PHASE);
    nemesis.healed(OVERLOAD, "workers");
  }

  /** After all have their answers. */
  static void enoughPlaces(Cluster cluster) {
    replaceWorkers(cluster, false);
  }

  private static void replaceWorkers(Cluster cluster, boolean few) {
    for (int i = 0; i < cluster.workers().size(); i++) {
      RoleProcess next = few ? cluster.prepareWorker(i, FEW_PLACES) : cluster.prepareWorker(i);
      cluster.workers().get(i).stop();
      cluster.workers().set(i, next.begin());
      next.awaitReady();
    }
  }
}
