package io.livemind.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.cli.embedded.EmbeddedRuntime;
import io.livemind.cli.embedded.RuntimeConfig;
import io.livemind.cli.experiment.SimulatedModels;
import io.livemind.replay.Arm;
import io.livemind.replay.demo.DemoRecordings;
import io.livemind.replay.play.KafkaAnswers;
import io.livemind.replay.play.KafkaFragments;
import io.livemind.replay.play.Observer;
import io.livemind.replay.play.Play;
import io.livemind.replay.play.PlayClock;
import io.livemind.replay.play.Player;
import io.livemind.replay.play.PlayerConfig;
import io.livemind.replay.recording.LmrecReader;
import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.TypingEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Recording from the topics of a real broker, and replaying into a running pipeline. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init")
class RecordCommandTest {
  private static final double SPEED = 20;

  @TempDir Path folder;
  private final Console console = new Console();

  @Test
  void sessionsOfARunningPipelineAreRecordedAndCanBeReplayedIntoIt() throws Exception {
    try (SimulatedModels models = SimulatedModels.start(SPEED);
        EmbeddedRuntime runtime =
            EmbeddedRuntime.start(RuntimeConfig.of(models.configuration(8), 8))) {
      String brokers = String.valueOf(runtime.kafka().get("bootstrap.servers"));
      List<Play> plays =
          Stream.of("live", "conventional")
              .map(arm -> Play.of(shortest(), Arm.named(arm), Duration.ZERO))
              .toList();
      models.expect(plays);
      play(runtime, plays);

      int recorded = record(brokers, "--from", "beginning", "--until-end");

      assertThat(recorded).as(console.err()).isZero();
      assertThat(console.err()).contains("2 sessions recorded");
      for (Recording recording : recordings()) {
        var turn = recording.turns().getFirst();
        var played = shortest().turns().getFirst();
        assertThat(content(turn.typing())).isEqualTo(content(played.typing()));
        String arm = turn.outputs().keySet().iterator().next();
        assertThat(turn.outputsOf(arm).answerText()).isEqualTo(played.outputsOf(arm).answerText());
        if (arm.equals("live")) assertThat(turn.outputsOf(arm).segments()).isNotEmpty();
        assertThat(recording.id()).doesNotContain(plays.getFirst().sessionId());
      }

      int replayed =
          Livemind.run(
              console.context(),
              "replay",
              files().getFirst().toString(),
              "--bootstrap-servers",
              brokers,
              "--speed",
              "20");
      assertThat(replayed).as(console.err()).isZero();
      assertThat(console.out()).contains("The models are those of the deployment");
    }
  }

  @Test
  void oneSessionCanBeChosenAndBrokersMustBeNamed() {
    assertThat(Livemind.run(console.context(), "record", "--to", folder.toString())).isEqualTo(2);
    assertThat(console.err()).contains("--bootstrap-servers is missing");
    assertThat(record("127.0.0.1:9", "--from", "yesterday")).isEqualTo(2);
    assertThat(console.err()).contains("no start");
  }

  private int record(String brokers, String... more) {
    var all =
        new ArrayList<>(
            List.of("record", "--bootstrap-servers", brokers, "--to", folder.toString()));
    all.addAll(List.of(more));
    return Livemind.run(console.context(), all.toArray(String[]::new));
  }

  private static void play(EmbeddedRuntime runtime, List<Play> plays) throws Exception {
    try (var fragments = new KafkaFragments(runtime.kafka(), runtime.topics());
        var answers = new KafkaAnswers(runtime.kafka(), runtime.topics())) {
      var config = new PlayerConfig(SPEED, Duration.ofMinutes(1));
      var result =
          new Player(config, fragments, answers, PlayClock.system()).play(plays, Observer.NONE);
      assertThat(result.sessions()).allMatch(session -> session.failure().isEmpty());
    }
  }

  private static Recording shortest() {
    return DemoRecordings.load().stream()
        .filter(recording -> recording.turns().size() == 1)
        .min((left, right) -> Double.compare(seconds(left), seconds(right)))
        .orElseThrow();
  }

  private static double seconds(Recording recording) {
    return recording.turns().getFirst().typingSeconds();
  }

  /** Without the moments: they were twenty times as fast. */
  private static List<String> content(List<TypingEvent> typing) {
    return typing.stream()
        .map(event -> event.toString().replaceFirst("seconds=[^,\\]]*", ""))
        .toList();
  }

  private List<Recording> recordings() throws Exception {
    return files().stream().flatMap(file -> LmrecReader.read(file).stream()).toList();
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
