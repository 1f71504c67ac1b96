package io.livemind.topology;

import io.livemind.schemas.TextHash;
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
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The whole topology in event time: what a client types and a worker reports goes in, records come
 * out.
 */
final class PipelineDriver implements AutoCloseable {
  static final String SESSION = "session-0123456789";

  /** Anything; what a restart finds in the state must not lie before the epoch. */
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private static final Duration STEP = Duration.ofMillis(Leases.LONGEST_STEP_MILLIS);

  private record Input(boolean isFragment, Object value) {}

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private final Topics topics = new Topics("test.");
  private final TopologyConfig config;
  private final Map<String, byte[]> committed = new HashMap<>();
  private final List<Input> uncommitted = new ArrayList<>();
  private final StringBuilder typed = new StringBuilder();
  private Map<String, Long> stillToProcess = Map.of();
  private Instant now = BEGIN;
  private PipelineInstance running;
  private long sequence;
  private int turn;
  private int partition;

  PipelineDriver() {
    this(TypingLimits.DEFAULT);
  }

  PipelineDriver(TypingLimits limits) {
    this(config -> config.limiting(limits));
  }

  PipelineDriver(UnaryOperator<TopologyConfig> change) {
    config =
        change.apply(
            TopologyConfig.defaults(
                    PipelineInstance.APPLICATION,
                    Map.of("bootstrap.servers", "none:1"),
                    Path.of("target", "streams"))
                .embedded(StoreConfig.Kind.MEMORY));
    running = start();
    pass(Duration.ofMillis(50));
  }

  /** Goes on with a store that an earlier version left behind, in this turn of its session. */
  static PipelineDriver restored(Map<String, byte[]> store, int turn) {
    var driver = new PipelineDriver();
    driver.committed.putAll(store);
    driver.turn = turn;
    driver.restart(new Random(0));
    return driver;
  }

  /** What came in until now is not processed again. */
  void commit() {
    written(Integer.MAX_VALUE);
    uncommitted.clear();
  }

  /**
   * The instance dies, and another begins with what of the changelog was written: everything until
   * the last commit, and a random part of what came later. What came in since the commit comes
   * again, each topic in its order. Outputs that nobody has looked at are lost.
   */
  void restart(Random random) {
    int size = (int) running.changelog.getQueueSize();
    written(random.nextInt(size + 1));
    running.driver.close();
    running = start();
    pass(Duration.ofMillis(50));
    var fragmentsAgain = new ArrayDeque<>(uncommitted.stream().filter(Input::isFragment).toList());
    var resultsAgain =
        new ArrayDeque<>(uncommitted.stream().filter(input -> !input.isFragment()).toList());
    uncommitted.clear();
    while (!fragmentsAgain.isEmpty() || !resultsAgain.isEmpty()) {
      boolean fragment =
          resultsAgain.isEmpty() || !fragmentsAgain.isEmpty() && random.nextBoolean();
      feed(fragment ? fragmentsAgain.remove() : resultsAgain.remove());
    }
  }

  /**
   * The instance dies with all of its changelog written; who takes over finds so many records in
   * the results that it has not processed.
   */
  void restartBehind(int results) {
    stillToProcess = Map.of(topics.inferenceResults().name(), results - 1L);
    commit();
    restart(new Random(0));
  }

  /**
   * The instance dies with all of its changelog written; another one's clock shows another time.
   */
  void restartWithClock(Duration ahead) {
    now = now.plus(ahead);
    commit();
    restart(new Random(0));
  }

  private void written(int records) {
    var changelog = running.changelog.readKeyValuesToList();
    for (var entry : changelog.subList(0, Math.min(records, changelog.size()))) {
      if (entry.value == null) committed.remove(entry.key);
      else committed.put(entry.key, entry.value);
    }
  }

  private void feed(Input input) {
    uncommitted.add(input);
    switch (input.value()) {
      case Fragment fragment -> running.fragments.pipeInput(SESSION, fragment);
      case Result result -> running.results.pipeInput(SESSION, result);
      default -> throw new IllegalArgumentException();
    }
  }

  private PipelineInstance start() {
    return new PipelineInstance(config, topics, meters, committed, () -> stillToProcess, now);
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
    type(new Fragment(0L, 0L, 0, partition, 0L, new Resume(request)));
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
    type(new Fragment(1L, ownSequence, turn, partition, 0L, content));
  }

  /** A fragment that belongs to an earlier turn. */
  void sendOfTurn(int ownTurn, Object content) {
    type(new Fragment(1L, sequence++, ownTurn, partition, 0L, content));
  }

  /** A fragment with everything of its own. */
  void sendOfTurn(int ownTurn, long ownSequence, Object content) {
    type(new Fragment(1L, ownSequence, ownTurn, partition, 0L, content));
  }

  private void type(Fragment fragment) {
    feed(new Input(true, fragment));
  }

  /** A fragment of another session. */
  void sendTo(String session, Object content) {
    sendTo(session, 0, content);
  }

  void sendTo(String session, long ownSequence, Object content) {
    running.fragments.pipeInput(session, new Fragment(1L, ownSequence, 0, partition, 0L, content));
  }

  void sendBytes(byte[] bytes) {
    running.rawFragments.pipeInput(SESSION, bytes);
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
    conclude(task, execution, text, failure, task.getInputHash());
  }

  /** A call that was cut off before its backend told what it cost. */
  void cutOff(Task task, String execution, String text, int promptEstimate) {
    var usage = ModelUsage.newBuilder().setPromptEstimate(promptEstimate).build();
    conclude(task, execution, text, "cancelled", task.getInputHash(), usage);
  }

  /** The worker read another text, or another memory, than the task is for. */
  void concludeForOtherInput(Task task, String execution, String text) {
    conclude(task, execution, text, null, task.getInputHash() + 1);
  }

  private void conclude(
      Task task, String execution, String text, @Nullable String failure, long inputHash) {
    var usage = new ModelUsage(10, 5, 0, 1L, 2L, 7L, null);
    conclude(task, execution, text, failure, inputHash, usage);
  }

  private void conclude(
      Task task,
      String execution,
      String text,
      @Nullable String failure,
      long inputHash,
      ModelUsage usage) {
    report(
        new Outcome(
            task.getTaskId(),
            task.getTurn(),
            task.getAttempt(),
            execution,
            inputHash,
            text,
            0,
            failure,
            null,
            null,
            usage));
  }

  private void report(Object event) {
    feed(new Input(false, new Result(event)));
  }

  /** Claims the task, and ends the call with this text. */
  void run(Task task, String text) {
    String execution = "execution-" + task.getTaskId() + "-" + task.getAttempt();
    claim(task, execution);
    conclude(task, execution, text);
  }

  /** Time passes while the instance goes on, with ticks as often as leases count them. */
  void pass(Duration time) {
    Duration left = time;
    for (; left.compareTo(STEP) > 0; left = left.minus(STEP)) jump(STEP);
    jump(left);
  }

  /** The instance stood still for so long, or its clock was set. */
  void jump(Duration time) {
    now = now.plus(time);
    running.driver.advanceWallClockTime(time);
  }

  List<Task> inferenceTasks() {
    return running.inferenceTasks.readValuesToList();
  }

  List<Task> answerTasks() {
    return running.answerTasks.readValuesToList();
  }

  Task inferenceTask() {
    if (running.inferenceTasks.isEmpty()) throw new AssertionError("no inference task left");
    return running.inferenceTasks.readValue();
  }

  Task answerTask() {
    return running.answerTasks.readValue();
  }

  List<Control> control() {
    return running.control.readValuesToList();
  }

  List<Usage> usage() {
    return running.usage.readValuesToList();
  }

  /** What the store holds, by key. */
  List<String> storedKeys() {
    List<String> keys = new ArrayList<>();
    try (var entries = running.driver.<String, byte[]>getKeyValueStore(SessionStore.NAME).all()) {
      entries.forEachRemaining(entry -> keys.add(entry.key));
    }
    return keys;
  }

  /** Bytes that the store holds under the key of the session's head. */
  int storedHeadBytes() {
    return running
        .driver
        .<String, byte[]>getKeyValueStore(SessionStore.NAME)
        .get(SESSION + "|head")
        .length;
  }

  /** A fragment of another client of the session. */
  void sendOfWriter(long writer, long ownSequence, Object content) {
    type(new Fragment(writer, ownSequence, turn, partition, 0L, content));
  }

  List<DeadLetter> deadLetters() {
    return running.deadLetters.readValuesToList();
  }

  List<AnswerEvent> answerEvents() {
    return running.answers.readValuesToList();
  }

  List<Object> answers() {
    List<Object> events = new ArrayList<>();
    answerEvents().forEach(event -> events.add(event.getEvent()));
    return events;
  }

  <T extends SpecificRecord> Optional<T> answer(Class<T> type) {
    return answers(type).stream().findFirst();
  }

  <T extends SpecificRecord> List<T> answers(Class<T> type) {
    return answers().stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public void close() {
    running.driver.close();
  }
}
