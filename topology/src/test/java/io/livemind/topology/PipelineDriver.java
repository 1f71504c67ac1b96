package io.livemind.topology;

import io.livemind.schemas.TextHash;
import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Claim;
import io.livemind.schemas.avro.Control;
import io.livemind.schemas.avro.DeadLetter;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.Heartbeat;
import io.livemind.schemas.avro.HeldTask;
import io.livemind.schemas.avro.ModelUsage;
import io.livemind.schemas.avro.Open;
import io.livemind.schemas.avro.Outcome;
import io.livemind.schemas.avro.Result;
import io.livemind.schemas.avro.Resume;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.schemas.avro.Submit;
import io.livemind.schemas.avro.Task;
import io.livemind.schemas.avro.Usage;
import io.livemind.topology.state.SessionStore;
import io.livemind.topology.typing.TypingLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;

/**
 * The whole topology in event time: what a client types and a worker reports goes in, records come
 * out.
 */
final class PipelineDriver implements AutoCloseable {
  static final String SESSION = "session-0123456789";

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private final Topics topics = new Topics("test.");
  private final TopologyTestDriver driver;
  private final TestInputTopic<String, Fragment> fragments;
  private final TestInputTopic<String, byte[]> rawFragments;
  private final TestInputTopic<String, Result> results;
  private final TestOutputTopic<String, Task> inferenceTasks;
  private final TestOutputTopic<String, Task> answerTasks;
  private final TestOutputTopic<String, Control> control;
  private final TestOutputTopic<String, AnswerEvent> answers;
  private final TestOutputTopic<String, Usage> usage;
  private final TestOutputTopic<byte[], DeadLetter> deadLetters;
  private final StringBuilder typed = new StringBuilder();
  private long sequence;
  private int turn;
  private int partition;

  PipelineDriver() {
    this(TypingLimits.DEFAULT);
  }

  PipelineDriver(TypingLimits limits) {
    var config =
        TopologyConfig.defaults(
                "test", Map.of("bootstrap.servers", "none:1"), Path.of("target", "streams"))
            .embedded(TopologyConfig.Store.MEMORY)
            .limiting(limits);
    var progress = new PartitionProgress(_ -> Map.of(), Runnable::run);
    var topology =
        PipelineTopology.build(
            config, topics, ProcessWatch.off(), progress, 2, new TopologyMeters(meters));
    driver = new TopologyTestDriver(topology, StreamsSettings.of(config, topics.prefix()));
    fragments = input(topics.fragments());
    rawFragments =
        driver.createInputTopic(
            topics.fragments().name(), new StringSerializer(), new ByteArraySerializer());
    results = input(topics.inferenceResults());
    inferenceTasks = output(topics.inferenceTasks());
    answerTasks = output(topics.answerTasks());
    control = output(topics.workerControl());
    answers = output(topics.answers());
    usage = output(topics.usage());
    deadLetters = output(topics.deadLetters());
    pass(Duration.ofMillis(50));
  }

  private <V> TestInputTopic<String, V> input(Topic<String, V> topic) {
    return driver.createInputTopic(
        topic.name(), topic.key().serializer(), topic.value().serializer());
  }

  private <K, V> TestOutputTopic<K, V> output(Topic<K, V> topic) {
    return driver.createOutputTopic(
        topic.name(), topic.key().deserializer(), topic.value().deserializer());
  }

  void open(SessionOptions options) {
    send(new Open(options, ""));
  }

  void openOwned(SessionOptions options, String owner) {
    send(new Open(options, owner));
  }

  /** The client has found a gateway at this answers partition, which wants to see the session. */
  void resume(int newPartition, String request) {
    partition = newPartition;
    fragments.pipeInput(SESSION, new Fragment(0L, 0L, 0, partition, 0L, new Resume(request)));
  }

  void open() {
    open(SessionOptions.newBuilder().build());
  }

  /** One append a word, as a client sends them. */
  void type(String text) {
    for (String word : text.split("(?<=\\s)")) {
      typed.append(word);
      send(new Append(word));
    }
  }

  void submit() {
    send(new Submit(typed.length(), TextHash.of(typed)));
    typed.setLength(0);
    turn++;
  }

  void send(Object content) {
    send(sequence++, content);
  }

  /** A fragment with a sequence number of its own. */
  void send(long ownSequence, Object content) {
    fragments.pipeInput(SESSION, new Fragment(1L, ownSequence, turn, partition, 0L, content));
  }

  /** A fragment that belongs to an earlier turn. */
  void sendOfTurn(int ownTurn, Object content) {
    fragments.pipeInput(SESSION, new Fragment(1L, sequence++, ownTurn, partition, 0L, content));
  }

  /** A fragment with everything of its own. */
  void sendOfTurn(int ownTurn, long ownSequence, Object content) {
    fragments.pipeInput(SESSION, new Fragment(1L, ownSequence, ownTurn, partition, 0L, content));
  }

  void sendBytes(byte[] bytes) {
    rawFragments.pipeInput(SESSION, bytes);
  }

  void claim(Task task, String execution) {
    report(
        new Claim(
            task.getTaskId(), task.getTurn(), task.getAttempt(), execution, "worker", 0, false));
  }

  /** A worker that starts only when it is granted. */
  void claimAsking(Task task, String execution) {
    report(
        new Claim(
            task.getTaskId(), task.getTurn(), task.getAttempt(), execution, "worker", 0, true));
  }

  void heartbeat(Task task, String execution) {
    var held = new HeldTask(SESSION, task.getTaskId(), task.getAttempt(), execution);
    report(new Heartbeat("worker", List.of(held)));
  }

  void conclude(Task task, String execution, String text) {
    conclude(task, execution, text, null);
  }

  void conclude(Task task, String execution, String text, @Nullable String failure) {
    report(
        new Outcome(
            task.getTaskId(),
            task.getTurn(),
            task.getAttempt(),
            execution,
            task.getInputHash(),
            text,
            0,
            failure,
            null,
            null,
            new ModelUsage(10, 5, 0, 1L, 2L, null)));
  }

  private void report(Object event) {
    results.pipeInput(SESSION, new Result(event));
  }

  /** Claims the task, and ends the call with this text. */
  void run(Task task, String text) {
    String execution = "execution-" + task.getTaskId() + "-" + task.getAttempt();
    claim(task, execution);
    conclude(task, execution, text);
  }

  void pass(Duration time) {
    driver.advanceWallClockTime(time);
  }

  List<Task> inferenceTasks() {
    return inferenceTasks.readValuesToList();
  }

  List<Task> answerTasks() {
    return answerTasks.readValuesToList();
  }

  Task inferenceTask() {
    if (inferenceTasks.isEmpty()) throw new AssertionError("no inference task left");
    return inferenceTasks.readValue();
  }

  Task answerTask() {
    return answerTasks.readValue();
  }

  List<Control> control() {
    return control.readValuesToList();
  }

  List<Usage> usage() {
    return usage.readValuesToList();
  }

  /** What the store holds, by key. */
  List<String> storedKeys() {
    List<String> keys = new ArrayList<>();
    try (var entries = driver.<String, byte[]>getKeyValueStore(SessionStore.NAME).all()) {
      entries.forEachRemaining(entry -> keys.add(entry.key));
    }
    return keys;
  }

  /** A fragment of another client of the session. */
  void sendOfWriter(long writer, long ownSequence, Object content) {
    fragments.pipeInput(SESSION, new Fragment(writer, ownSequence, turn, partition, 0L, content));
  }

  List<DeadLetter> deadLetters() {
    return deadLetters.readValuesToList();
  }

  List<AnswerEvent> answerEvents() {
    return answers.readValuesToList();
  }

  List<Object> answers() {
    List<Object> events = new ArrayList<>();
    answerEvents().forEach(event -> events.add(event.getEvent()));
    return events;
  }

  <T extends SpecificRecord> Optional<T> answer(Class<T> type) {
    return answers().stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  @Override
  public void close() {
    driver.close();
  }
}
