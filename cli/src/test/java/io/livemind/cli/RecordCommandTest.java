package io.livemind.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.cli.embedded.EmbeddedRuntime;
import io.livemind.cli.embedded.RuntimeConfig;
import io.livemind.cli.embedded.TopicLayout;
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
import io.livemind.schemas.Topic.Partitioning;
import io.livemind.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
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
      List<Play> plays = plays();
      models.expect(plays);
      play(runtime, plays.subList(0, 2));
      String between = Instant.now().toString();
      play(runtime, plays.subList(2, 3));

      assertRecorded(brokers, 1, "--from", "beginning", "--session", plays.get(1).sessionId());
      assertRecorded(brokers, 1, "--from", between);
      assertRecorded(brokers, 3, "--from", "1h");
      assertRecorded(brokers, 3, "--from", "offset:0");
      assertRecorded(brokers, 1, "--from", "offset:1");
      assertRecorded(brokers, 0, "--from", "offset:" + (fragmentsOf(runtime, plays.get(1)) + 1));
      assertRecorded(brokers, 3, "--from", "beginning");

      for (Recording recording : recordings()) {
        var turn = recording.turns().getFirst();
        var played = shortest().turns().getFirst();
        assertThat(content(turn.typing())).isEqualTo(content(played.typing()));
        String arm = turn.outputs().keySet().iterator().next();
        assertThat(turn.outputsOf(arm).answerText()).isEqualTo(played.outputsOf(arm).answerText());
        if (arm.equals("live")) assertThat(turn.outputsOf(arm).segments()).isNotEmpty();
        assertThat(recording.id()).doesNotContain(plays.getFirst().sessionId());
      }

      assertThat(replay(brokers)).as(console.err()).isZero();
      assertThat(console.out()).contains("The models are those of the deployment");

      assertArmsOfAFileAreReplayedKeyByKeyIntoASpreadsheetAndAPage(brokers);
    }
  }

  private void assertArmsOfAFileAreReplayedKeyByKeyIntoASpreadsheetAndAPage(String brokers)
      throws Exception {
    Path arms = Files.createTempDirectory(folder, "arms").resolve("arms.json");
    Files.writeString(arms, "[{\"name\": \"mine\", \"like\": \"live\", \"actions\": \"simple\"}]");
    Path csv = arms.resolveSibling("report.csv");
    Path html = arms.resolveSibling("report.html");

    String[] mine = {"--arms", arms.toString(), "--fragments", "keys"};
    assertThat(replay(brokers, with(mine, "--output", "csv", "-o", csv.toString())))
        .as(console.err())
        .isZero();
    assertThat(replay(brokers, with(mine, "--output", "html", "-o", html.toString())))
        .as(console.err())
        .isZero();

    assertThat(Files.readString(csv)).startsWith("session_id,recording,").contains(",mine,");
    assertThat(Files.readString(html)).contains("<!doctype html>").contains("--fragments keys");
  }

  @Test
  void oneSessionCanBeChosenAndBrokersMustBeNamed() {
    assertThat(Livemind.run(console.context(), "record", "--to", folder.toString())).isEqualTo(2);
    assertThat(console.err()).contains("--bootstrap-servers is missing");
    assertThat(record("127.0.0.1:9", "--from", "yesterday")).isEqualTo(2);
    assertThat(console.err()).contains("no start");
  }

  private int replay(String brokers, String... more) throws Exception {
    String[] replay = {
      "replay", recordedLive().toString(), "--bootstrap-servers", brokers, "--speed", "20"
    };
    return Livemind.run(console.context(), with(replay, more));
  }

  private static String[] with(String[] some, String... more) {
    return Stream.of(some, more).flatMap(Stream::of).toArray(String[]::new);
  }

  /** The first and the last go through the same partition, the second through another. */
  private static List<Play> plays() {
    Play first = Play.of(shortest(), Arm.named("live"), Duration.ZERO);
    int taken = partition(first);
    return List.of(
        first,
        inPartition(partition -> partition != taken),
        inPartition(partition -> partition == taken));
  }

  private static Play inPartition(IntPredicate wanted) {
    return Stream.generate(() -> Play.of(shortest(), Arm.named("conventional"), Duration.ZERO))
        .filter(play -> wanted.test(partition(play)))
        .findFirst()
        .orElseThrow();
  }

  private static int partition(Play play) {
    int partitions = TopicLayout.EMBEDDED.partitions(Partitioning.SESSIONS);
    return Topics.partitionOf(play.sessionId(), partitions);
  }

  /** Of the only session of its partition. */
  private static long fragmentsOf(EmbeddedRuntime runtime, Play play) throws Exception {
    var partition = new TopicPartition(runtime.topics().fragments().name(), partition(play));
    try (Admin admin = Admin.create(runtime.kafka())) {
      return admin
          .listOffsets(Map.of(partition, OffsetSpec.latest()))
          .partitionResult(partition)
          .get()
          .offset();
    }
  }

  private void assertRecorded(String brokers, int sessions, String... how) throws Exception {
    for (Path file : files()) Files.delete(file);

    assertThat(record(brokers, with(how, "--until-end"))).as(console.err()).isZero();

    assertThat(files()).as("recorded %s", String.join(" ", how)).hasSize(sessions);
    assertThat(console.err()).contains(sessions + " sessions recorded in");
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

  private Path recordedLive() throws Exception {
    return files().stream()
        .filter(file -> LmrecReader.read(file).getFirst().has("live"))
        .findFirst()
        .orElseThrow();
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
