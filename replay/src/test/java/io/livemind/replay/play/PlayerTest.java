package io.livemind.replay.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemind.replay.Arm;
import io.livemind.replay.Samples;
import io.livemind.replay.play.AnswerSource.Answer;
import io.livemind.schemas.AnswerFold;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.Submit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The player with its threads, against a pipeline that is a queue. */
@Timeout(30)
class PlayerTest {
  private final Loop loop = new Loop();

  @Test
  void aThousandSessionsAtOnceAreAllAnsweredAndObserved() throws InterruptedException {
    List<Play> plays =
        IntStream.range(0, 1_000)
            .mapToObj(i -> Play.of(Samples.twoTurns("r" + i), Arm.named("live"), Duration.ZERO))
            .toList();
    var seen = new Seen();

    PlayResult result = player(10).play(plays, seen);

    assertThat(result.stopped()).isFalse();
    assertThat(result.sessions()).hasSize(1_000).allMatch(SessionResult::equalToRecorded);
    assertThat(result.sessions().stream().map(SessionResult::play)).isEqualTo(plays);
    assertThat(result.lateness().fragments()).isEqualTo(1_000 * 7L);
    assertThat(seen.ended).hasSize(1_000);
    assertThat(seen.submits).isEqualTo(2_000);
    assertThat(seen.answers).isEqualTo(4_000);
    assertThat(seen.prompts).contains("one two");
  }

  @Test
  void aFragmentThatIsNotTakenFailsItsSessionLongBeforeTheDeadline() throws InterruptedException {
    loop.refuse = fragment -> fragment.getContent() instanceof Submit;
    Play play = Play.of(Samples.recording("a"), Arm.named("live"), Duration.ZERO);

    PlayResult result = player(100).play(List.of(play), Observer.NONE);

    assertThat(result.sessions().getFirst().failure()).contains("send_failed");
  }

  @Test
  void stoppingReportsWhatHasEnded() throws InterruptedException {
    Play quick = Play.of(Samples.recording("a"), Arm.named("live"), Duration.ZERO);
    Play late = Play.of(Samples.recording("b"), Arm.named("live"), Duration.ofHours(1));
    Player player = player(100);
    var stopping =
        new Observer() {
          @Override
          public void sessionEnded(Play play, SessionResult result) {
            player.stop();
          }
        };

    PlayResult result = player.play(List.of(quick, late), stopping);

    assertThat(result.stopped()).isTrue();
    assertThat(result.sessions().getFirst().equalToRecorded()).isTrue();
    assertThat(result.sessions().getLast().failure()).contains("stopped");
  }

  @Test
  void answersThatCanNoLongerBeReadEndTheReplay() {
    loop.broken = true;
    Play play = Play.of(Samples.recording("a"), Arm.named("live"), Duration.ofHours(1));

    assertThatThrownBy(() -> player(1).play(List.of(play), Observer.NONE))
        .isInstanceOf(PlayerException.class)
        .hasMessageContaining("check that the brokers run");
  }

  private Player player(double speed) {
    var config = new PlayerConfig(speed, Duration.ofSeconds(20));
    return new Player(config, loop, loop, PlayClock.system());
  }

  /** Answers each submit with the answer of the arm live. */
  private static final class Loop implements FragmentSink, AnswerSource {
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private Predicate<Fragment> refuse = fragment -> false;
    private volatile boolean broken;

    @Override
    public void send(String session, Fragment fragment, Runnable onFailure) {
      if (refuse.test(fragment)) {
        onFailure.run();
      } else if (fragment.getContent() instanceof Append append) {
        assertThat(append.getText()).isNotEmpty();
      } else if (fragment.getContent() instanceof Submit) {
        int turn = fragment.getTurn();
        answers.add(new Answer(session, Events.delta(turn, 0, "answer of ")));
        answers.add(new Answer(session, Events.completed(turn, "answer of live")));
      }
    }

    @Override
    public int partitions() {
      return 3;
    }

    @Override
    public List<Answer> poll(Duration longest, Predicate<String> wanted) {
      if (broken) throw new IllegalStateException("no brokers");
      var batch = new ArrayList<Answer>();
      try {
        Answer first = answers.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
        if (first != null) batch.add(first);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      answers.drainTo(batch);
      batch.removeIf(answer -> !wanted.test(answer.session()));
      return batch;
    }

    @Override
    public void close() {}
  }

  /** Counts what it is told; owned by the playing thread. */
  private static final class Seen implements Observer {
    private final List<String> ended = new ArrayList<>();
    private final List<String> prompts = new ArrayList<>();
    private int submits;
    private int answers;

    @Override
    public void typed(Play play, int turn, String prompt) {
      prompts.add(prompt);
    }

    @Override
    public void submitted(Play play, int turn) {
      submits++;
    }

    @Override
    public void answerChanged(Play play, int turn, AnswerFold.Change change) {
      answers++;
    }

    @Override
    public void sessionEnded(Play play, SessionResult result) {
      ended.add(play.sessionId());
    }
  }
}
