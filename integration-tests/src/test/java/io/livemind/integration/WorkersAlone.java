package io.livemind.integration;

import io.livemind.cli.embedded.EmbeddedBroker;
import io.livemind.cli.embedded.TopicLayout;
import io.livemind.cli.embedded.TopicSetup;
import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.Claim;
import io.livemind.schemas.avro.Control;
import io.livemind.schemas.avro.ControlCommand;
import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Outcome;
import io.livemind.schemas.avro.Result;
import io.livemind.schemas.avro.Role;
import io.livemind.schemas.avro.Task;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.workers.ModelConfig;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.WorkerApp;
import io.livemind.workers.WorkerConfig;
import io.livemind.workers.model.ModelClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Broker, topics and workers in this JVM. The test stands in for the topology: it dispatches tasks,
 * and each claim that asks for a grant gets one.
 *
 * <p>Threading: the test's thread dispatches and asks; one thread reads the results.
 */
final class WorkersAlone implements AutoCloseable {
  static final String MODEL = "large";
  private static final long CLAIM_LEASE_MILLIS = 10_000;
  private static final TopicLayout LAYOUT = new TopicLayout(2, TopicLayout.TASKS, 2, (short) 1);

  /** What was heard of a task. */
  record Heard<T>(T event, long atMillis) {}

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Topics topics = new Topics(Topics.DEFAULT_PREFIX);
  private final Map<String, Object> kafka;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<String, Heard<Claim>> claims = new ConcurrentHashMap<>();
  private final Map<String, Heard<Outcome>> outcomes = new ConcurrentHashMap<>();
  private final KafkaConsumer<String, Result> results;
  private final Thread reader;
  private int dispatched;

  private WorkersAlone(String bootstrapServers) {
    kafka = Map.of("bootstrap.servers", bootstrapServers);
    try (Admin admin = Admin.create(kafka)) {
      new TopicSetup(admin, LAYOUT).ensure(topics);
    }
    producer =
        new KafkaProducer<>(
            new HashMap<>(kafka), new ByteArraySerializer(), new ByteArraySerializer());
    opened.push(producer);
    Topic<String, Result> topic = topics.inferenceResults();
    results =
        new KafkaConsumer<>(
            new HashMap<>(kafka), topic.key().deserializer(), topic.value().deserializer());
    var partitions =
        results.partitionsFor(topic.name()).stream()
            .map(one -> new TopicPartition(topic.name(), one.partition()))
            .toList();
    results.assign(partitions);
    results.seekToBeginning(partitions);
    reader = Thread.ofPlatform().name("results-reader").start(this::read);
  }

  static WorkersAlone start() {
    var broker = EmbeddedBroker.start();
    var alone = on(broker.bootstrapServers());
    alone.opened.addLast(broker);
    return alone;
  }

  /** On brokers of the test's. */
  static WorkersAlone on(String bootstrapServers) {
    return new WorkersAlone(bootstrapServers);
  }

  /** A worker whose model is the test's; ends with this, or before. */
  WorkerApp worker(String id, int places, Duration stopTimeout, ModelClient model) {
    return worker(
        id,
        places,
        stopTimeout,
        ReplicaConfig.openAi(
            URI.create("http://127.0.0.1:1/v1"), "in-process", Optional.empty(), places),
        Optional.of(model));
  }

  /** A worker that calls a replica over HTTP. */
  WorkerApp worker(String id, int places, ReplicaConfig replica) {
    return worker(id, places, Duration.ofSeconds(1), replica, Optional.empty());
  }

  private WorkerApp worker(
      String id,
      int places,
      Duration stopTimeout,
      ReplicaConfig replica,
      Optional<ModelClient> model) {
    var config =
        WorkerConfig.defaults(
                id, kafka, "alone", Map.of(MODEL, new ModelConfig(List.of(replica))), places)
            .withStopTimeout(stopTimeout);
    return model.isPresent()
        ? opened(WorkerApp.start(config, topics, new SimpleMeterRegistry(), _ -> model.get()))
        : worker(config);
  }

  /** A worker of this configuration that calls its replicas over HTTP. */
  WorkerApp worker(WorkerConfig config) {
    return opened(WorkerApp.start(config, topics, new SimpleMeterRegistry()));
  }

  private WorkerApp opened(WorkerApp worker) {
    opened.push(worker);
    return worker;
  }

  Map<String, Object> kafka() {
    return kafka;
  }

  /** Dispatches a task of a session of its own, as if so long ago. */
  void dispatch(String id, TaskKind kind, Duration ago) {
    List<Message> messages = List.of(new Message(Role.USER, "hello " + id));
    dispatch(id, task(id, kind, MODEL, messages, System.currentTimeMillis() - ago.toMillis()));
  }

  /** A task of this moment. */
  static Task task(String id, TaskKind kind, String model, List<Message> messages) {
    return task(id, kind, model, messages, System.currentTimeMillis());
  }

  private static Task task(
      String id, TaskKind kind, String model, List<Message> messages, long atMillis) {
    return new Task(
        id,
        kind,
        0,
        0,
        0,
        1,
        1L,
        model,
        messages,
        null,
        0,
        atMillis,
        CLAIM_LEASE_MILLIS,
        false,
        "");
  }

  void dispatch(String session, Task task) {
    Topic<String, Task> topic =
        switch (task.getKind()) {
          case INFERENCE -> topics.inferenceTasks();
          case ANSWER -> topics.answerTasks();
        };
    int partition = dispatched++ % LAYOUT.tasks();
    send(topic, partition, task.getDispatchedAtMillis(), session, task);
  }

  void dispatch(String id, TaskKind kind) {
    dispatch(id, kind, Duration.ZERO);
  }

  /** Tells the worker that claimed the task. */
  void tell(Claim claim, ControlCommand command) {
    send(
        topics.workerControl(),
        claim.getControlPartition(),
        System.currentTimeMillis(),
        claim.getTaskId(),
        new Control(claim.getTaskId(), claim.getAttempt(), claim.getExecution(), command));
  }

  private <V> void send(Topic<String, V> topic, int partition, long atMillis, String key, V value) {
    var unused =
        producer.send(
            new ProducerRecord<>(
                topic.name(),
                partition,
                atMillis,
                topic.key().serializer().serialize(topic.name(), key),
                topic.value().serializer().serialize(topic.name(), value)));
  }

  /** First claims by task. */
  Map<String, Heard<Claim>> claims() {
    return claims;
  }

  /** The first claim of a task that was claimed. */
  Heard<Claim> claim(String task) {
    return Optional.ofNullable(claims.get(task)).orElseThrow();
  }

  /** The first outcome of a task that has one. */
  Outcome outcome(String task) {
    return Optional.ofNullable(outcomes.get(task)).orElseThrow().event();
  }

  /** First outcomes by task. */
  Map<String, Heard<Outcome>> outcomes() {
    return outcomes;
  }

  private void read() {
    try (results) {
      while (true) results.poll(Duration.ofSeconds(1)).forEach(this::hear);
    } catch (WakeupException end) {
      // The test is over.
    }
  }

  private void hear(ConsumerRecord<String, Result> record) {
    switch (record.value().getEvent()) {
      case Claim claim -> {
        claims.putIfAbsent(claim.getTaskId(), new Heard<>(claim, record.timestamp()));
        if (claim.getAsksGrant()) tell(claim, ControlCommand.GRANT);
      }
      case Outcome outcome ->
          outcomes.putIfAbsent(outcome.getTaskId(), new Heard<>(outcome, record.timestamp()));
      default -> {} // heartbeats
    }
  }

  /** Closes the workers while their brokers are still there. */
  void stopAll() throws Exception {
    while (opened.peek() instanceof WorkerApp worker) {
      opened.pop();
      worker.close();
    }
  }

  @Override
  public void close() throws Exception {
    results.wakeup();
    reader.join();
    while (!opened.isEmpty()) opened.pop().close();
  }
}
