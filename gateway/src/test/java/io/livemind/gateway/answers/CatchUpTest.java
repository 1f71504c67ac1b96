package io.livemind.gateway.answers;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.gateway.answers.CatchUp.Missed;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Delta;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who missed little does not wait for who missed much, nor share its fate. */
class CatchUpTest {
  private static final long END = 100_000;
  private static final int PARTITION = 3;
  private static final int OTHER = 4;

  /** Of the old session each hundredth record, of the young one each tenth of the last thousand. */
  private static final String OLD = "old";

  private static final String YOUNG = "young";

  private final SlowLog log = new SlowLog();
  private final CatchUp catchUp = new CatchUp(log);

  @AfterEach
  void stop() {
    log.passable = END;
    log.open.countDown();
    catchUp.close();
  }

  @Test
  void of_two_that_ask_together_the_one_that_missed_little_is_served_first_and_wholly() {
    log.passable = 50_000;
    var plug = ask("plug", OTHER, OptionalLong.of(END), 0);
    var all = ask(OLD, PARTITION, OptionalLong.of(0), 0);
    var last = ask(YOUNG, PARTITION, OptionalLong.of(END - 10), 0);
    log.open.countDown();

    assertThat(get(last)).isEqualTo(new Missed(List.of(record(YOUNG, END - 10)), true));
    assertThat(get(plug).complete()).isTrue();
    assertThat(all).isNotDone();
  }

  @Test
  void who_comes_while_a_long_pass_is_read_is_served_before_its_end() {
    log.open.countDown();
    log.passable = 50_000;
    var all = ask(OLD, PARTITION, OptionalLong.of(0), 0);
    Awaitility.await().until(() -> log.stuck);

    assertThat(get(ask(YOUNG, PARTITION, OptionalLong.of(END - 10), 0)).complete()).isTrue();
    assertThat(get(ask(YOUNG, OTHER, OptionalLong.of(END - 10), 0)).complete()).isTrue();
    assertThat(get(ask(YOUNG, PARTITION, OptionalLong.empty(), (END - 1_000) * 60_000)).complete())
        .isTrue();
    assertThat(all).isNotDone();
  }

  @Test
  void everything_of_an_old_session_comes_in_order_though_it_is_read_in_stretches() {
    log.open.countDown();
    var all = ask(OLD, PARTITION, OptionalLong.empty(), 0);
    var half = ask(OLD, PARTITION, OptionalLong.of(END / 2), 0);
    var some = ask(OLD, PARTITION, OptionalLong.of(END - 20_000), 0);

    assertThat(get(all)).isEqualTo(new Missed(records(0), true));
    assertThat(get(half)).isEqualTo(new Missed(records(END / 2), true));
    assertThat(get(some)).isEqualTo(new Missed(records(END - 20_000), true));
  }

  @Test
  void only_records_of_those_who_ask_are_decoded() {
    log.open.countDown();

    get(ask(YOUNG, PARTITION, OptionalLong.of(0), 0));

    assertThat(log.decoded).isEqualTo(100);
  }

  @Test
  void closing_ends_a_wait_for_the_log_and_the_thread_that_reads_closes_it() {
    var waiting = ask("plug", OTHER, OptionalLong.of(END), 0);
    Awaitility.await().until(() -> log.blocked);

    catchUp.close();

    assertThat(get(waiting)).isEqualTo(Missed.NOTHING);
    assertThat(log.closedBy).isEqualTo("gateway-catch-up");
  }

  private CompletableFuture<Missed> ask(
      String session, int partition, OptionalLong from, long createdAtMillis) {
    return catchUp.missed(session, partition, from, createdAtMillis, END);
  }

  private static Missed get(CompletableFuture<Missed> answer) {
    return answer.orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static List<AnswerRecord> records(long from) {
    return LongStream.range(from, END)
        .filter(offset -> offset % 100 == 0)
        .mapToObj(offset -> record(OLD, offset))
        .toList();
  }

  private static AnswerRecord record(String session, long offset) {
    return new AnswerRecord(
        session, PARTITION, offset, new AnswerEvent(0, offset, new Delta(1, "x", 0, "a")));
  }

  /** A log that lets nobody see it before it is open, and nobody past an offset from below. */
  private static final class SlowLog implements AnswerHistory {
    final CountDownLatch open = new CountDownLatch(1);
    volatile long passable = END;
    volatile boolean stuck;
    volatile boolean blocked;
    volatile int decoded;
    volatile String closedBy = "nobody";

    @Override
    public Extent extent(int partition) {
      try {
        blocked = true;
        open.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (closedBy.isEmpty()) throw new IllegalStateException("woken");
      return new Extent(0, END);
    }

    @Override
    public long offsetAt(int partition, long atMillis) {
      return Math.max(0, atMillis / 60_000);
    }

    @Override
    public long read(
        int partition,
        long from,
        long to,
        Predicate<String> wanted,
        Consumer<AnswerRecord> reader) {
      if (from <= passable && passable < to) {
        stuck = true;
        return from;
      }
      long end = Math.min(to, from + 2_000);
      for (long offset = from; offset < end; offset++) {
        if (offset % 100 == 0 && wanted.test(OLD)) accept(record(OLD, offset), reader);
        if (offset >= END - 1_000 && offset % 10 == 0 && wanted.test(YOUNG))
          accept(record(YOUNG, offset), reader);
      }
      return end;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread reads.
    private void accept(AnswerRecord answer, Consumer<AnswerRecord> reader) {
      decoded++;
      reader.accept(answer);
    }

    @Override
    public void wake() {
      closedBy = "";
      open.countDown();
    }

    @Override
    public void close() {
      closedBy = Thread.currentThread().getName();
    }
  }
}
