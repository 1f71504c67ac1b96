package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.TextHash;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Cancel;
import io.livemind.schemas.avro.DraftWhen;
import io.livemind.schemas.avro.OnSubmit;
import io.livemind.schemas.avro.Rejected;
import io.livemind.schemas.avro.Replace;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.schemas.avro.Submit;
import io.livemind.schemas.avro.Task;
import io.livemind.topology.ReferenceModel.Budgets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Anything in any order: typing, edits, cancels, fragments that come twice or out of order, claims,
 * second claims, outcomes, lost and late outcomes, silence, and instances that die between any two
 * records that they write and commit, against {@link ReferenceModel}.
 */
class PipelineProperties {
  private static final int CALLS_OF_A_TURN = 6;

  private static final int CALLS_OF_THE_SESSION = 12;

  private static final int TOKENS_OF_A_CALL = 15;

  private record Running(String execution, Task task) {}

  /** What was sent; its place in the list is its sequence number. */
  private record Sent(int turn, Object content) {}

  /** What a client and a set of careless workers do. */
  private static final class World implements AutoCloseable {
    final PipelineDriver pipeline = new PipelineDriver();
    final Random random;
    final ReferenceModel model;
    final List<Task> open = new ArrayList<>();
    final List<Running> running = new ArrayList<>();
    final List<Sent> sent = new ArrayList<>();
    final List<Integer> onTheirWay = new ArrayList<>();
    final Map<String, String> called = new HashMap<>();
    boolean growsOnly;
    int executions;

    World(long seed) {
      random = new Random(seed);
      // A second call must not begin once the first one has ended.
      int tokens = random.nextBoolean() ? TOKENS_OF_A_CALL : 0;
      int calls = random.nextInt(4) == 0 ? CALLS_OF_THE_SESSION : 0;
      model = new ReferenceModel(new Budgets(CALLS_OF_A_TURN, tokens, calls));
      int summarizeAfter = random.nextInt(4);
      growsOnly = summarizeAfter == 0;
      var options =
          SessionOptions.newBuilder()
              .setMaximumInferencesPerTurn(CALLS_OF_A_TURN)
              .setTurnDeadlineMillis(60_000)
              .setDraftPauseMillis(random.nextBoolean() ? 500 : 0)
              .setDraftWhen(DraftWhen.ANY)
              .setSummarizeAfter(summarizeAfter)
              .setMaximumTokensPerTurn(tokens)
              .setMaximumCallsPerSession(calls)
              .setOnSubmit(random.nextBoolean() ? OnSubmit.CANCEL : OnSubmit.WAIT)
              .setCoalesce(random.nextBoolean())
              .setIdleGapMillis(random.nextBoolean() ? 1_000 : 0)
              .build();
      sent.add(new Sent(0, options));
      pipeline.open(options);
      // Outcomes that are read again before their session is opened again are nobody's.
      commit();
    }

    void step() {
      switch (random.nextInt(16)) {
        case 0, 1, 2, 3 -> type();
        case 4 -> edit();
        case 5 -> repeat();
        case 6 -> submit();
        case 13 -> cancel();
        case 14 -> arrive();
        case 7 -> claim();
        case 8, 9 -> conclude();
        case 10 -> lose();
        case 11 -> commit();
        case 12 -> restart();
        default -> pipeline.pass(Duration.ofMillis(random.nextInt(6_000)));
      }
      look();
    }

    void type() {
      String word = random.nextInt(4) == 0 ? "Stop. " : "word" + random.nextInt(100) + " ";
      model.replaces(model.text().length(), 0, word);
      send(new Append(word));
    }

    void edit() {
      int length = model.text().length();
      if (length == 0) return;
      int position = random.nextInt(length);
      int deleted = random.nextInt(length - position + 1);
      String inserted = random.nextBoolean() ? "" : "new" + random.nextInt(100) + ". ";
      model.replaces(position, deleted, inserted);
      send(new Replace(position, deleted, inserted));
    }

    void submit() {
      if (model.text().isBlank()) return;
      send(new Submit(model.text().length(), TextHash.of(model.text())));
      model.submits();
    }

    /** The answer that streams, or a turn that has ended. */
    void cancel() {
      if (model.turn() == 0) return;
      int turn = model.turn() - 1;
      model.cancels(turn);
      send(turn, new Cancel());
    }

    void send(Object content) {
      send(model.turn(), content);
    }

    /** Mostly it arrives at once. */
    void send(int turn, Object content) {
      onTheirWay.add(sent.size());
      sent.add(new Sent(turn, content));
      if (random.nextInt(5) > 0) arrive();
    }

    /** In any order. */
    void arrive() {
      Collections.shuffle(onTheirWay, random);
      List.copyOf(onTheirWay).forEach(this::arrive);
      onTheirWay.clear();
    }

    void arrive(int sequence) {
      Sent fragment = sent.get(sequence);
      pipeline.sendOfTurn(fragment.turn(), sequence, fragment.content());
    }

    void repeat() {
      int sequence = random.nextInt(sent.size());
      if (sequence > 0 && !onTheirWay.contains(sequence)) arrive(sequence);
    }

    /** What a client does that learns of a gap, or of nothing for long. */
    void sendAgainFrom(long sequence) {
      onTheirWay.clear();
      for (long again = sequence; again < sent.size(); again++) arrive((int) again);
    }

    void claim() {
      if (open.isEmpty()) return;
      Task task = any(open);
      String execution = "e" + executions++;
      running.add(new Running(execution, task));
      pipeline.claim(task, execution);
    }

    void conclude() {
      if (running.isEmpty()) return;
      Running chosen = any(running);
      if (random.nextInt(3) > 0) running.remove(chosen);
      model.pays(chosen.task(), TOKENS_OF_A_CALL);
      String failure = random.nextInt(5) == 0 ? "overloaded" : null;
      pipeline.conclude(chosen.task(), chosen.execution(), reply(chosen.task()), failure);
    }

    /** Mostly the latest: old ones have no effect. */
    private <T> T any(List<T> list) {
      return random.nextInt(4) > 0 ? list.getLast() : list.get(random.nextInt(list.size()));
    }

    void lose() {
      if (!running.isEmpty()) running.removeFirst();
    }

    void commit() {
      pipeline.commit();
      model.commits();
    }

    /** Records come that are lost with the instance, or leave outputs that are. */
    void restart() {
      if (random.nextInt(3) > 0) return;
      if (random.nextBoolean()) type();
      if (random.nextBoolean()) conclude();
      model.restarts();
      growsOnly = false;
      pipeline.restart(random);
    }

    void look() {
      List<Task> tasks = new ArrayList<>(pipeline.inferenceTasks());
      tasks.addAll(pipeline.answerTasks());
      tasks.forEach(model::sees);
      if (growsOnly) tasks.forEach(this::growsFromTheCallBefore);
      open.addAll(tasks);
      List<AnswerEvent> events = pipeline.answerEvents();
      events.forEach(model::sees);
      for (AnswerEvent event : events) {
        if (event.getEvent() instanceof Rejected rejected
            && rejected.getCode().equals("missing_sequence")) sendAgainFrom(rejected.getExpected());
      }
    }

    /**
     * What a call is asked begins with what the call before was asked: prefix caches live of it.
     */
    void growsFromTheCallBefore(Task task) {
      String id = task.getTaskId();
      String revision = id.substring(0, id.lastIndexOf('/'));
      String asked = PromptOfTask.asked(task);
      assertThat(asked).startsWith(called.getOrDefault(revision, ""));
      if (!task.getDraft()) called.put(revision, asked);
    }

    /** Good workers take over, and the clock goes on. */
    void settle() {
      sendAgainFrom(1);
      for (int round = 0; round < 60 && model.owesAnEnd(); round++) {
        look();
        List<Task> tasks = List.copyOf(open);
        open.clear();
        for (Task task : tasks) {
          String execution = "good" + executions++;
          pipeline.claim(task, execution);
          model.pays(task, TOKENS_OF_A_CALL);
          pipeline.conclude(task, execution, reply(task));
          look();
        }
        pipeline.pass(Duration.ofSeconds(3));
        look();
      }
    }

    private static String reply(Task task) {
      String read = PromptOfTask.typed(task);
      return switch (task.getKind()) {
        case INFERENCE -> "action inference. " + read.strip() + "#";
        case ANSWER -> "answer to " + read;
      };
    }

    @Override
    public void close() {
      pipeline.close();
    }
  }

  @Property(tries = 200)
  void everySubmittedTurnEndsOnceAndIsAnsweredForTheTextThatTheClientSaw(
      @ForAll long seed, @ForAll @IntRange(min = 5, max = 80) int steps) {
    try (var world = new World(seed)) {
      for (int i = 0; i < steps; i++) world.step();

      world.settle();

      world.model.isPaid();
    }
  }
}
