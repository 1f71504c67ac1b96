package io.livemind.gateway.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemind.gateway.handle.Handle;
import io.livemind.gateway.handle.Owner;
import io.livemind.gateway.problem.Problem;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Opened;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A gateway reads the partitions that are its own, and those that its clients came with. */
class AnswerHubTest {
  private static final int PARTITIONS = 16;
  private static final int OWN = 2;
  private static final long END = 100;

  private final Log log = new Log();
  private long nanos;
  private final AnswerHub hub = new AnswerHub(log, "one", OWN, 8, () -> nanos);
  private final List<Integer> own = OwnPartitions.of("one", PARTITIONS, OWN);
  private final int foreign =
      IntStream.range(0, PARTITIONS).filter(p -> !own.contains(p)).findFirst().orElseThrow();

  @Test
  void new_sessions_are_put_into_its_own_partitions_which_it_reads() {
    assertThat(hub.changes()).hasValueSatisfying(read -> assertThat(read).containsOnlyKeys(own));
    assertThat(IntStream.range(0, 100).mapToObj(_ -> hub.drawPartition()))
        .containsOnlyElementsOf(own);
    assertThat(hub.changes()).isEmpty();
  }

  @Test
  void the_same_name_has_the_same_partitions_and_others_have_others() {
    assertThat(OwnPartitions.of("one", PARTITIONS, OWN)).isEqualTo(own).hasSize(OWN);
    assertThat(OwnPartitions.of("one", 1, OWN)).containsExactly(0);
    List<Integer> all =
        IntStream.range(0, 40)
            .mapToObj(i -> OwnPartitions.of("gateway-" + i, PARTITIONS, OWN))
            .flatMap(List::stream)
            .distinct()
            .toList();
    assertThat(all).hasSize(PARTITIONS);
  }

  @Test
  void a_session_from_another_gateway_is_read_from_the_end_of_its_partition_on() throws Exception {
    hub.changes();

    Subscription subscription = hub.subscribe(handle(foreign), () -> {});
    hub.publish(List.of(record(END - 1), record(END)));

    assertThat(subscription.liveFrom()).isEqualTo(END);
    assertThat(subscription.take(Duration.ZERO).records()).containsExactly(record(END));
    assertThat(hub.changes())
        .hasValueSatisfying(read -> assertThat(read).containsEntry(foreign, END + 1));
    assertThat(log.woken).isOne();
  }

  @Test
  void a_partition_that_nobody_came_for_again_is_left_after_a_minute() {
    Subscription subscription = hub.subscribe(handle(foreign), () -> {});
    hub.changes();
    nanos += Duration.ofHours(1).toNanos();
    assertThat(hub.changes()).isEmpty();

    hub.leave(subscription);
    hub.leave(subscription);
    nanos += Duration.ofSeconds(59).toNanos();
    assertThat(hub.changes()).isEmpty();
    nanos += Duration.ofSeconds(1).toNanos();

    assertThat(hub.changes()).hasValueSatisfying(read -> assertThat(read).containsOnlyKeys(own));
    assertThat(hub.read()).isEqualTo(OWN);
  }

  @Test
  void a_partition_whose_end_cannot_be_had_is_unavailable_for_now() {
    log.failing = true;
    assertThatThrownBy(() -> hub.subscribe(handle(foreign), () -> {})).isInstanceOf(Problem.class);

    log.failing = false;
    assertThat(hub.subscribe(handle(foreign), () -> {}).liveFrom()).isEqualTo(END);
  }

  @Test
  void who_cannot_go_elsewhere_stays_when_the_hub_closes_until_the_wait_is_over() throws Exception {
    Subscription resumable = hub.subscribe(handle(foreign), () -> {});
    Subscription staying = hub.subscribeToTheEnd(handle(foreign));
    hub.close(Subscription.End.GOING_AWAY);

    assertThat(resumable.hasEnded()).isTrue();
    assertThat(staying.hasEnded()).isFalse();
    assertThat(hub.subscribeToTheEnd(handle(foreign)).hasEnded()).isTrue();

    assertThat(hub.awaitLast(Duration.ZERO)).isFalse();
    assertThat(staying.hasEnded()).isTrue();
  }

  @Test
  void nobody_is_waited_for_when_all_have_left() throws Exception {
    Subscription staying = hub.subscribeToTheEnd(handle(foreign));
    hub.close(Subscription.End.GOING_AWAY);
    Thread.startVirtualThread(() -> hub.leave(staying));

    assertThat(hub.awaitLast(Duration.ofMinutes(1))).isTrue();
  }

  private static Handle handle(int partition) {
    return new Handle("s", partition, Owner.NOBODY, 0);
  }

  private AnswerRecord record(long offset) {
    return new AnswerRecord("s", foreign, offset, new AnswerEvent(0, 0L, new Opened()));
  }

  /** Every partition ends at the same place, and brings nothing. */
  private static final class Log implements AnswerSource {
    private boolean failing;
    private int woken;

    @Override
    public String topicId() {
      return "0".repeat(32);
    }

    @Override
    public int partitions() {
      return PARTITIONS;
    }

    @Override
    public Map<Integer, Long> ends(Collection<Integer> partitions) {
      if (failing) throw new IllegalStateException("down");
      return partitions.stream().collect(Collectors.toMap(each -> each, _ -> END));
    }

    @Override
    public void read(Map<Integer, Long> positions) {}

    @Override
    public List<AnswerRecord> poll(Duration longest) {
      return new ArrayList<>();
    }

    @Override
    public void wake() {
      woken++;
    }

    @Override
    public void close() {}
  }
}
