package io.livemind.workers;

import static org.awaitility.Awaitility.await;

import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Result;
import io.livemind.schemas.avro.Role;
import io.livemind.schemas.avro.Task;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.workers.replica.ModelPools;
import io.livemind.workers.replica.RetryBudget;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A worker's inside on Kafka's hand-driven producer and a model that the test speaks for. */
final class WorkerRig implements AutoCloseable {
  static final String SESSION = "a-session";
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  final Topics topics = new Topics("t.");
  final MockProducer<byte[], byte[]> producer;
  final AtomicLong nanos = new AtomicLong();
  final ScriptedModel model = new ScriptedModel();
  final MeterRegistry registry = new SimpleMeterRegistry();
  final WorkerContext worker;
  final TasksToResults stage;

  private WorkerRig(int places, boolean confirmsAtOnce, Optional<String> warms) {
    producer =
        new MockProducer<>(
            confirmsAtOnce, null, new ByteArraySerializer(), new ByteArraySerializer());
    var replica =
        ReplicaConfig.openAi(URI.create("http://127.0.0.1:1/v1"), "m", Optional.empty(), places + 1)
            .withPrice(new Price(2, 1, 5));
    var large = new ModelConfig(List.of(replica));
    var small =
        new ModelConfig(
            List.of(
                ReplicaConfig.openAi(
                    URI.create("http://127.0.0.1:2/v1"), "s", Optional.empty(), 1)));
    var config =
        new WorkerConfig(
            "w",
            Map.of("bootstrap.servers", "none:1"),
            "app",
            Set.of(TaskKind.values()),
            Map.of("large", large, "small", small),
            places,
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            warms);
    var models = new ModelPools(config.models(), _ -> model, System::nanoTime);
    var meters = new WorkerMeters(registry);
    worker =
        new WorkerContext(
            config,
            new RecordWriter(producer, topics, InstantSource.fixed(NOW), "w", 1),
            DeltaTicker.start(config.deltaInterval()),
            new HeldTasks(places),
            models,
            new RetryBudget(() -> 0.5),
            meters,
            new BrokerWatch(nanos::get),
            new Warming(config.warms(), models, meters, nanos::get),
            new DispatchClock(InstantSource.fixed(NOW), nanos::get),
            nanos::get);
    stage = new TasksToResults(topics, worker, 4, new KnownPartitions(() -> 3, nanos::get));
  }

  /** The broker confirms what is sent at once. */
  static WorkerRig with(int places) {
    return new WorkerRig(places, true, Optional.empty());
  }

  /** It warms the one place of the model {@code small}. */
  static WorkerRig warming(int places) {
    return new WorkerRig(places, true, Optional.of("small"));
  }

  /** The broker confirms when the test says so. */
  static WorkerRig unconfirmed(int places) {
    return new WorkerRig(places, false, Optional.empty());
  }

  static Task task(String id, TaskKind kind) {
    return new Task(
        id,
        kind,
        5,
        0,
        1,
        2,
        77L,
        "large",
        List.of(new Message(Role.USER, "hello")),
        null,
        2,
        NOW.toEpochMilli(),
        10_000L,
        false,
        "");
  }

  static Task draft(String id) {
    return Task.newBuilder(task(id, TaskKind.ANSWER)).setDraft(true).build();
  }

  TaskCall call(String id, TaskKind kind) {
    return call(task(id, kind));
  }

  TaskCall call(Task task) {
    boolean asksGrant = task.getKind() == TaskKind.INFERENCE || task.getDraft();
    return new TaskCall(worker, Execution.of(SESSION, task), 0, asksGrant, () -> {});
  }

  /** Starts an execution as the stage does. */
  TaskCall running(String id, TaskKind kind) {
    return running(task(id, kind));
  }

  /** Starts an execution as the stage does. */
  TaskCall running(Task task) {
    TaskCall call = call(task);
    if (!worker.held().admit(call)) throw new AssertionError("no place");
    Thread.ofVirtual().start(call);
    return call;
  }

  ConsumerRecord<byte[], byte[]> record(Task task) {
    Topic<String, Task> topic =
        task.getKind() == TaskKind.ANSWER ? topics.answerTasks() : topics.inferenceTasks();
    return record(topic.name(), topic.value().serializer().serialize("", task));
  }

  ConsumerRecord<byte[], byte[]> record(String topic, byte[] value) {
    return new ConsumerRecord<>(topic, 0, 0, SESSION.getBytes(StandardCharsets.UTF_8), value);
  }

  ScriptedModel.Started startedCall(int number) {
    await().until(() -> model.calls().size() >= number);
    return model.calls().get(number - 1);
  }

  /** Events of this type that were sent to results, in order. */
  <T> List<T> results(Class<T> type) {
    return sent(topics.inferenceResults())
        .map(Result::getEvent)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** Events of this type that were sent to answers, in order. */
  <T> List<T> answers(Class<T> type) {
    return sent(topics.answers())
        .map(AnswerEvent::getEvent)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private <V> java.util.stream.Stream<V> sent(Topic<?, V> topic) {
    return recordsOf(topic).stream()
        .map(record -> topic.value().deserializer().deserialize("", record.value()));
  }

  List<ProducerRecord<byte[], byte[]>> recordsOf(Topic<?, ?> topic) {
    return producer.history().stream().filter(r -> r.topic().equals(topic.name())).toList();
  }

  <T> T awaitResult(Class<T> type) {
    await().until(() -> !results(type).isEmpty());
    return results(type).getFirst();
  }

  /** What was counted so far, of all tags together. */
  double count(WorkerMetric metric) {
    return registry.find(metric.metricName()).counters().stream().mapToDouble(Counter::count).sum();
  }

  /** What was counted so far under this value of a tag. */
  double count(WorkerMetric metric, String tag, String value) {
    return registry.find(metric.metricName()).tag(tag, value).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  @Override
  public void close() {
    worker.held().endAll(EndReason.STOPPING);
    worker.ticker().close();
  }
}
