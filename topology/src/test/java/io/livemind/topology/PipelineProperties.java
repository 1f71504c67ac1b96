package io.livemind.topology;

import io.livemind.schemas.TextHash;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.DraftWhen;
import io.livemind.schemas.avro.Replace;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.schemas.avro.Submit;
import io.livemind.schemas.avro.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Anything in any order: typing, edits, repeated fragments, claims, second claims, outcomes, lost
 * and late outcomes, silence, and instances that die between any two records that they write and
 * commit, against {@link ReferenceModel}.
 */
class PipelineProperties {
  private static final int CALLS = 6;

  private static final int TOKENS_OF_A_CALL = 15;

  private record Running(String execution, Task task) {}

  /** What a client and a set of careless workers do. */
  private static final class World implements AutoCloseable {
    final PipelineDriver pipeline = new PipelineDriver();
    final Random random;
    final ReferenceModel model;
    final List<Task> open = new ArrayList<>();
    final List<Running> running = new ArrayList<>();
    Append last = new Append("");
    long lastSequence;
    long sequence = 1;
    int executions;

    World(long seed) {
      random = new Random(seed);
      // A second call must not begin once the first one has ended.
      int tokens = random.nextBoolean() ? TOKENS_OF_A_CALL : 0;
      model = new ReferenceModel(CALLS, tokens);
      pipeline.open(
          SessionOptions.newBuilder()
              .setMaximumInferencesPerTurn(CALLS)
              .setTurnDeadlineMillis(60_000)
              .setDraftPauseMillis(random.nextBoolean() ? 500 : 0)
              .setDraftWhen(DraftWhen.ANY)
              .setSummarizeAfter(random.nextInt(4))
              .setMaximumTokensPerTurn(tokens)
              .build());
      // Outcomes that are read again before their session is opened again are nobody's.
      commit();
    }

    void step() {
      switch (random.nextInt(14)) {
        case 0, 1, 2, 3 -> type();
        case 4 -> edit();
        case 5 -> pipeline.sendOfTurn(model.turn(), lastSequence, last);
        case 6 -> submit();
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
      last = new Append(word);
      lastSequence = sequence;
      model.replaces(model.text().length(), 0, word);
      send(last);
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
      if (!model.maySubmit()) return;
      send(new Submit(model.text().length(), TextHash.of(model.text())));
      model.submits();
    }

    void send(Object content) {
      pipeline.sendOfTurn(model.turn(), sequence++, content);
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
      pipeline.restart(random);
    }

    void look() {
      List<Task> tasks = new ArrayList<>(pipeline.inferenceTasks());
      tasks.addAll(pipeline.answerTasks());
      tasks.forEach(model::sees);
      open.addAll(tasks);
      for (AnswerEvent event : pipeline.answerEvents()) model.sees(event);
      model.hasReadEverything();
    }

    /** Good workers take over, and the clock goes on. */
    void settle() {
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

  @Property(tries = 150)
  void everySubmittedTurnEndsOnceAndIsAnsweredForTheTextThatTheClientSaw(
      @ForAll long seed, @ForAll @IntRange(min = 5, max = 80) int steps) {
    try (var world = new World(seed)) {
      for (int i = 0; i < steps; i++) world.step();

      world.settle();

      world.model.isPaid();
    }
  }
}
