package io.livemind.integration.chaos.client;

import io.livemind.integration.chaos.history.Event;
import io.livemind.schemas.FailureCode;
import io.livemind.schemas.TextHash;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Cancel;
import io.livemind.schemas.avro.Cancelled;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Failed;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.Open;
import io.livemind.schemas.avro.Rejected;
import io.livemind.schemas.avro.Replace;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.schemas.avro.Submit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One person with bad habits who types one turn of words that nobody else types, sends what is
 * missed again, and the whole text where the pipeline holds another one. May go on in a second tab,
 * whose fragments count from there on, and not the first one's.
 *
 * <p>Threading: {@link #type} runs on one thread, what comes is handled on the reader's.
 */
public final class ChaosSession implements TypingSession {
  private static final int TURN_DEADLINE_MILLIS = 60_000;
  private static final int WORDS_PER_SENTENCE = 5;
  private static final int TURN = 0;

  /** An answer takes about a second and a half. */
  private static final int LATEST_CANCEL_MILLIS = 2_000;

  private final String id;
  private final int number;
  private final Habits habits;
  private final Random random;
  private final Wire wire;
  private final int answersPartition;
  private List<Fragment> sent = new ArrayList<>();
  private long writer = 1;
  private final List<String> words = new ArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private int typedWords;

  /**
   * Nothing is typed yet.
   *
   * @param number unique in a run; stands in each word
   */
  public ChaosSession(
      String id, int number, Habits habits, long seed, Wire wire, int answersPartition) {
    this.id = id;
    this.number = number;
    this.habits = habits;
    this.random = new Random(seed);
    this.wire = wire;
    this.answersPartition = answersPartition;
    wire.register(id, this::saw);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public void type() throws InterruptedException {
    var options = SessionOptions.newBuilder().setTurnDeadlineMillis(TURN_DEADLINE_MILLIS).build();
    send("open", "", new Open(options, ""));
    int newTabAt =
        random.nextDouble() < habits.openingTabs() ? 1 + random.nextInt(habits.words() - 1) : -1;
    for (int i = 0; i < habits.words(); i++) {
      pause();
      if (i == newTabAt) goOnInNewTab();
      if (!words.isEmpty() && random.nextDouble() < habits.editing()) takeBack();
      else append();
    }
    pause();
    submit();
    if (random.nextDouble() < habits.cancelling()) {
      Thread.sleep(random.nextInt(LATEST_CANCEL_MILLIS));
      cancel();
    }
  }

  @Override
  public boolean awaitEnd(Duration longest) throws InterruptedException {
    return ended.await(longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void append() {
    String word = nextWord();
    words.add(word);
    send("append", word, new Append(word));
  }

  /** An earlier word becomes another one; it may be closed, and thought about already. */
  private synchronized void takeBack() {
    int index = random.nextInt(words.size());
    String old = words.get(index);
    int position = words.subList(0, index).stream().mapToInt(String::length).sum();
    String word = nextWord();
    words.set(index, word);
    var recorder = wire.recorder();
    recorder.add(new Event.Deleted(recorder.now(), id, TURN, old.replaceAll("[. ]", "")));
    send("replace", word, new Replace(position, old.length(), word));
  }

  /** What the old tab types behind the new one's first word has no effect. */
  private synchronized void goOnInNewTab() {
    long late = sent.size();
    long old = writer++;
    sent = new ArrayList<>();
    append();
    String word = nextWord();
    var recorder = wire.recorder();
    recorder.add(new Event.Deleted(recorder.now(), id, TURN, word.replaceAll("[. ]", "")));
    recorder.add(new Event.Invoked(recorder.now(), id, TURN, late, "append", word));
    wire.send(id, fragment(old, late, new Append(word)));
  }

  private synchronized void cancel() {
    send("cancel", "", new Cancel());
  }

  private String nextWord() {
    typedWords++;
    String end = typedWords % WORDS_PER_SENTENCE == 0 ? ". " : " ";
    return "c" + number + "t" + TURN + "n" + typedWords + end;
  }

  private synchronized void submit() {
    String prompt = String.join("", words);
    var recorder = wire.recorder();
    recorder.add(new Event.Submitted(recorder.now(), id, TURN, sent.size(), prompt));
    send("submit", "", new Submit(prompt.length(), TextHash.of(prompt)));
  }

  /** By habit sent once, twice, behind the next one, or not at all until it is missed. */
  private synchronized void send(String kind, String text, Object content) {
    var recorder = wire.recorder();
    Fragment fragment = fragment(writer, sent.size(), content);
    boolean first = sent.isEmpty();
    sent.add(fragment);
    recorder.add(new Event.Invoked(recorder.now(), id, TURN, fragment.getSequence(), kind, text));
    boolean mayStray = !first && !kind.equals("submit") && !kind.equals("cancel");
    if (mayStray && random.nextDouble() < habits.losing()) return;
    if (mayStray && random.nextDouble() < habits.shuffling()) {
      Thread.ofVirtual()
          .start(
              () -> {
                sleep(habits.pause().multipliedBy(2));
                wire.send(id, fragment);
              });
      return;
    }
    wire.send(id, fragment);
    if (random.nextDouble() < habits.repeating()) wire.send(id, fragment);
  }

  private Fragment fragment(long by, long sequence, Object content) {
    return new Fragment(by, sequence, TURN, answersPartition, System.currentTimeMillis(), content);
  }

  private void saw(AnswerEvent event) {
    switch (event.getEvent()) {
      case Completed _, Failed _, Cancelled _ -> ended.countDown();
      case Rejected rejected -> rejected(rejected);
      default -> {}
    }
  }

  private synchronized void rejected(Rejected rejected) {
    if (rejected.getCode().equals(FailureCode.MISSING_SEQUENCE.code())) {
      for (int i = Math.toIntExact(rejected.getExpected()); i < sent.size(); i++) {
        wire.send(id, sent.get(i));
      }
    } else if (rejected.getCode().equals(FailureCode.RESYNC.code())) {
      String prompt = String.join("", words);
      send("replace", prompt, new Replace(0, Integer.MAX_VALUE, prompt));
      submit();
    }
  }

  private void pause() throws InterruptedException {
    Thread.sleep(habits.pause().toMillis() / 2 + random.nextLong(habits.pause().toMillis()));
  }

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
