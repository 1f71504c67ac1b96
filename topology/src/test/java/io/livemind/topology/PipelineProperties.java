package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.AnswerCue;
import io.livemind.schemas.TextHash;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Cancelled;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.DraftWhen;
import io.livemind.schemas.avro.Failed;
import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Replace;
import io.livemind.schemas.avro.Role;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.schemas.avro.Submit;
import io.livemind.schemas.avro.Task;
import io.livemind.topology.session.DraftText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Anything in any order: typing, edits, repeated fragments, claims, second claims, outcomes, lost
 * and late outcomes, silence, and instances that die between any two records that they write and
 * commit. The reference model is the text that the client sees, and what each submitted prompt was.
 */
class PipelineProperties {
  private static final int BUDGET = 6;

  private static final int TOKENS_OF_A_CALL = 15;

  /** A second call must not begin once the first one has ended. */
  private static final int TOKENS = TOKENS_OF_A_CALL;

  /** How the message begins that asks for a summary. */
  private static final String SUMMARY_CUE = "[Do not act";

  private record Running(String execution, Task task) {}

  /** What a client and a set of careless workers do. */
  private static final class World implements AutoCloseable {
    final PipelineDriver pipeline = new PipelineDriver();
    final Random random;
    final int tokens;
    final Map<Integer, Integer> spent = new HashMap<>();
    final StringBuilder text = new StringBuilder();
    final Map<Integer, String> submitted = new HashMap<>();
    final Map<Integer, Object> ends = new HashMap<>();
    final Map<Integer, Integer> inferenceCalls = new HashMap<>();
    final Set<String> seen = new HashSet<>();
    final Set<String> calls = new HashSet<>();
    final List<Task> open = new ArrayList<>();
    final List<Running> running = new ArrayList<>();
    Append last = new Append("");
    long lastSequence;
    long sequence = 1;
    int turn;
    int executions;
    int restarts;

    World(long seed) {
      random = new Random(seed);
      tokens = random.nextBoolean() ? TOKENS : 0;
      pipeline.open(
          SessionOptions.newBuilder()
              .setMaximumInferencesPerTurn(BUDGET)
              .setTurnDeadlineMillis(60_000)
              .setDraftPauseMillis(random.nextBoolean() ? 500 : 0)
              .setDraftWhen(DraftWhen.ANY)
              .setSummarizeAfter(random.nextInt(4))
              .setMaximumTokensPerTurn(tokens)
              .build());
    }

    void step() {
      switch (random.nextInt(14)) {
        case 0, 1, 2, 3 -> type();
        case 4 -> edit();
        case 5 -> pipeline.sendOfTurn(turn, lastSequence, last);
        case 6 -> submit();
        case 7 -> claim();
        case 8, 9 -> conclude();
        case 10 -> lose();
        case 11 -> pipeline.commit();
        case 12 -> restart();
        default -> pipeline.pass(Duration.ofMillis(random.nextInt(6_000)));
      }
      look();
    }

    void type() {
      String word = random.nextInt(4) == 0 ? "Stop. " : "word" + random.nextInt(100) + " ";
      last = new Append(word);
      lastSequence = sequence;
      text.append(word);
      send(last);
    }

    void edit() {
      if (text.isEmpty()) return;
      int position = random.nextInt(text.length());
      int deleted = random.nextInt(text.length() - position + 1);
      String inserted = random.nextBoolean() ? "" : "new" + random.nextInt(100) + ". ";
      text.replace(position, position + deleted, inserted);
      send(new Replace(position, deleted, inserted));
    }

    void submit() {
      if (text.toString().isBlank() || turn > ends.size()) return;
      submitted.put(turn, text.toString());
      send(new Submit(text.length(), TextHash.of(text)));
      text.setLength(0);
      turn++;
    }

    void send(Object content) {
      seen.add(turn + " " + DraftText.essence(text.toString()));
      pipeline.sendOfTurn(turn, sequence++, content);
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
      spent.merge(chosen.task().getTurn(), TOKENS_OF_A_CALL, Integer::sum);
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

    /** Records come that are lost with the instance, or leave outputs that are. */
    void restart() {
      if (random.nextInt(3) > 0) return;
      if (random.nextBoolean()) type();
      if (random.nextBoolean()) conclude();
      restarts++;
      pipeline.restart(random);
    }

    /**
     * Takes what came out, and checks what must hold at any moment. Who begins anew may ask for a
     * draft of a text that was typed on meanwhile, and drops it when that is read again.
     */
    void look() {
      for (Task task : pipeline.inferenceTasks()) {
        if (calls.add(call(task))) countCall(task);
        open.add(task);
      }
      for (Task task : pipeline.answerTasks()) {
        String typed = typedBy(task, task.getTurn());
        if (task.getDraft() && restarts > 0) {
          assertThat(seen).contains(task.getTurn() + " " + DraftText.essence(typed));
          assertMemoryRestsOn(task, typed);
        } else {
          String prompt =
              task.getDraft()
                  ? text.toString()
                  : submitted.getOrDefault(task.getTurn(), "never submitted");
          assertThat(DraftText.essence(typed)).isEqualTo(DraftText.essence(prompt));
          assertMemoryRestsOn(task, prompt);
        }
        if (task.getDraft() && calls.add(call(task))) countCall(task);
        open.add(task);
      }
      for (AnswerEvent event : pipeline.answerEvents()) ended(event);
      inferenceCalls.values().forEach(calls -> assertThat(calls).isLessThanOrEqualTo(BUDGET));
    }

    /**
     * Neither the calls nor the tokens of a turn may be spent before. After a restart an edit may
     * be read again before the outcome that came before it, and its cost.
     */
    private void countCall(Task task) {
      inferenceCalls.merge(task.getTurn(), 1, Integer::sum);
      int before = spent.getOrDefault(task.getTurn(), 0);
      if (tokens > 0 && restarts == 0) assertThat(before).isLessThan(tokens);
    }

    /** Turn and step: after a restart the same call may be made at another revision. */
    private static String call(Task task) {
      String id = task.getTaskId();
      return task.getTurn() + id.substring(id.lastIndexOf('/'));
    }

    /**
     * What comes after the end is passed over by every reader. It is the same, but when the clock
     * ended a turn in an instance that died before it could store it, and an outcome was faster
     * then.
     */
    private void ended(AnswerEvent event) {
      boolean end =
          event.getEvent() instanceof Completed
              || event.getEvent() instanceof Failed
              || event.getEvent() instanceof Cancelled;
      if (!end) return;
      Object before = ends.putIfAbsent(event.getTurn(), essence(event.getEvent()));
      boolean mayDiffer = restarts > 0;
      if (before != null && !mayDiffer) assertThat(essence(event.getEvent())).isEqualTo(before);
    }

    private static Object essence(Object end) {
      return switch (end) {
        case Completed completed -> "completed " + completed.getText();
        case Failed failed -> "failed " + failed.getCode();
        case Cancelled cancelled -> "cancelled " + cancelled.getText();
        default -> throw new IllegalArgumentException();
      };
    }

    /** Good workers take over, and the clock goes on. */
    void settle() {
      for (int round = 0; round < 60 && ends.size() < submitted.size(); round++) {
        look();
        List<Task> tasks = List.copyOf(open);
        open.clear();
        for (Task task : tasks) {
          String execution = "good" + executions++;
          pipeline.claim(task, execution);
          spent.merge(task.getTurn(), TOKENS_OF_A_CALL, Integer::sum);
          pipeline.conclude(task, execution, reply(task));
          look();
        }
        pipeline.pass(Duration.ofSeconds(3));
        look();
      }
    }

    private static String reply(Task task) {
      String read = typedBy(task, task.getTurn());
      return switch (task.getKind()) {
        case INFERENCE -> "action inference. " + read.strip() + "#";
        case ANSWER -> "answer to " + read;
      };
    }

    /** An inference must rest on text that the client did not delete. */
    private static void assertMemoryRestsOn(Task task, String prompt) {
      for (Message message : messagesOfTurn(task)) {
        if (message.getRole() != Role.ASSISTANT) continue;
        String read = message.getContent().replaceAll("action (inference|summarize)\\. |#", "");
        assertThat(prompt.strip()).startsWith(read.strip());
      }
    }

    private static String typedBy(Task task, int turn) {
      assertThat(task.getTurn()).isEqualTo(turn);
      return messagesOfTurn(task).stream()
          .filter(message -> message.getRole() == Role.USER)
          .map(message -> AnswerCue.strip(message.getContent()))
          .filter(content -> !content.startsWith(SUMMARY_CUE))
          .collect(Collectors.joining());
    }

    /** What follows the last answer of an earlier turn. */
    private static List<Message> messagesOfTurn(Task task) {
      List<Message> messages = task.getMessages();
      int from = 0;
      for (int i = 0; i < messages.size(); i++) {
        String content = messages.get(i).getContent();
        boolean answer =
            messages.get(i).getRole() == Role.ASSISTANT
                && (content.startsWith("answer to ") || content.endsWith("[interrupted]"));
        if (answer) from = i + 1;
      }
      return messages.subList(from, messages.size());
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

      assertThat(world.ends.keySet()).containsExactlyInAnyOrderElementsOf(world.submitted.keySet());
      world.ends.forEach(
          (turn, end) -> {
            if (end.toString().startsWith("completed")) {
              assertThat(DraftText.essence(end.toString()))
                  .isEqualTo(DraftText.essence("completed answer to " + world.submitted.get(turn)));
            }
          });
    }
  }
}
