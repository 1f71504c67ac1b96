package io.livemind.replay.play;

import io.livemind.replay.play.AnswerSource.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Plays sessions: types them at their intended moments, however slow the pipeline is, and reads
 * what comes back.
 *
 * <p>Threading: {@link #play} runs on its caller's thread, which types, folds and calls the
 * observer; one more thread reads answers and stamps their arrival. They meet in a queue of 1,024
 * batches: when it is full the reader waits, and what it read keeps its time. {@link #stop} may be
 * called from any thread. One replay at a time.
 *
 * <p>Nothing waits for ever: a turn without an end fails at the deadline of the configuration, and
 * a session whose fragment does not arrive fails at once.
 */
public final class Player {
  private static final int INBOX_BATCHES = 1_024;
  private static final int BATCHES_PER_ROUND = 64;
  private static final Duration LONGEST_POLL = Duration.ofMillis(100);

  /** Before the first fragment, so that preparing thousands of sessions makes none of them late. */
  private static final Duration LEAD_IN = Duration.ofMillis(300);

  private static final Duration LONGEST_READER_END = Duration.ofSeconds(10);

  /** What other threads tell the one that plays. */
  private sealed interface Message {}

  private record Arrived(List<Answer> answers, long nanos) implements Message {}

  private record SendFailed(String session) implements Message {}

  private record ReaderFailed(RuntimeException cause) implements Message {}

  private record Woken() implements Message {}

  private final PlayerConfig config;
  private final FragmentSink sink;
  private final AnswerSource source;
  private final PlayClock clock;
  private final BlockingQueue<Message> inbox = new ArrayBlockingQueue<>(INBOX_BATCHES);
  private volatile boolean stopped;

  /**
   * @param config speed and deadline
   * @param sink where fragments go; stays the caller's to close
   * @param source where answers come from, from before the first fragment on; stays the caller's
   * @param clock of all measurement
   */
  public Player(PlayerConfig config, FragmentSink sink, AnswerSource source, PlayClock clock) {
    this.config = config;
    this.sink = sink;
    this.source = source;
    this.clock = clock;
  }

  /**
   * Plays all sessions and returns when the last one has ended, or {@link #stop} was called.
   *
   * @throws PlayerException if answers can no longer be read
   * @throws InterruptedException if the thread is interrupted; the sessions are lost
   */
  public PlayResult play(List<Play> plays, Observer observer) throws InterruptedException {
    long startNanos = clock.nanoTime() + LEAD_IN.toNanos();
    var playback =
        new Playback(
            plays,
            config,
            source.partitions(),
            sink,
            this::sendFailed,
            clock,
            observer,
            startNanos);
    Thread reader = Thread.ofPlatform().name("replay-answers").start(() -> read(playback));
    try {
      while (!playback.done() && !stopped) {
        playback.act(clock.nanoTime());
        handleMessages(playback);
      }
      boolean early = !playback.done();
      playback.stop();
      return playback.result(early);
    } finally {
      stopped = true;
      reader.interrupt();
      reader.join(LONGEST_READER_END);
    }
  }

  /** Ends the replay soon: sessions that have not ended are reported as stopped. */
  public void stop() {
    stopped = true;
    // A full inbox wakes the player by itself.
    boolean ignored = inbox.offer(new Woken());
  }

  private void handleMessages(Playback playback) throws InterruptedException {
    long wait = Math.min(playback.nextDueNanos() - clock.nanoTime(), LONGEST_POLL.toNanos());
    Message message = inbox.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
    for (int handled = 1; message != null; handled++) {
      handle(message, playback);
      // Typing that has become due in the meantime comes first.
      if (handled == BATCHES_PER_ROUND) return;
      message = inbox.poll();
    }
  }

  private static void handle(Message message, Playback playback) {
    switch (message) {
      case Arrived arrived ->
          arrived
              .answers()
              .forEach(answer -> playback.take(answer.session(), answer.event(), arrived.nanos()));
      case SendFailed failed -> playback.fail(failed.session(), PlayFailure.SEND_FAILED);
      case ReaderFailed failed ->
          throw new PlayerException(
              "answers can no longer be read: check that the brokers run", failed.cause());
      case Woken ignored -> {}
    }
  }

  private void sendFailed(String session) {
    // A full inbox loses it: then the session fails at its deadline.
    boolean ignored = inbox.offer(new SendFailed(session));
  }

  private void read(Playback playback) {
    try {
      while (!stopped) {
        List<Answer> answers = source.poll(LONGEST_POLL, playback::plays);
        if (!answers.isEmpty()) inbox.put(new Arrived(answers, clock.nanoTime()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      if (stopped) return;
      boolean ignored = inbox.offer(new ReaderFailed(e));
    }
  }
}
