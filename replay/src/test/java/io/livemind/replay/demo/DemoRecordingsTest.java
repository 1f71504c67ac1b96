package io.livemind.replay.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.replay.Arm;
import io.livemind.replay.latency.LatencyConstants;
import io.livemind.replay.recording.ArmOutputs;
import io.livemind.replay.recording.LmrecReader;
import io.livemind.replay.recording.LmrecWriter;
import io.livemind.replay.recording.ModelReply;
import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.TypingEvent.Edited;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The recordings that ship. They are written anew from their scripts by {@code mvn -pl replay test
 * -Dtest=DemoRecordingsTest -Dlivemind.demo.write=true}.
 */
class DemoRecordingsTest {
  private static final Path SCRIPTS = Path.of("src/test/resources/demo-scripts");
  private static final Path SHIPPED = Path.of("src/main/resources/io/livemind/replay/demo");

  /** How much faster than recorded the demo types. */
  private static final double SPEED = 6;

  private static final List<Recording> RECORDINGS = loadOrWrite();

  @Test
  void shippedFilesAreWhatTheirScriptsGive() throws IOException {
    var names = Files.readString(SHIPPED.resolve("index.txt")).lines().toList();
    assertThat(names).hasSameSizeAs(scripts());
    for (Path script : scripts())
      assertThat(Files.readString(SHIPPED.resolve(shippedName(script))))
          .as(script.toString())
          .isEqualTo(LmrecWriter.write(DemoScript.read(Files.readString(script))));
  }

  @Test
  void atLeast12SessionsIn5LanguagesAnd3ScriptsWithDifferentIds() {
    assertThat(RECORDINGS).hasSizeGreaterThanOrEqualTo(12);
    assertThat(RECORDINGS.stream().map(Recording::id)).doesNotHaveDuplicates();
    assertThat(RECORDINGS.stream().map(Recording::language).collect(Collectors.toSet()))
        .hasSizeGreaterThanOrEqualTo(5);
    assertThat(
            RECORDINGS.stream().flatMap(DemoRecordingsTest::scriptsOf).collect(Collectors.toSet()))
        .contains(UnicodeScript.LATIN, UnicodeScript.CYRILLIC, UnicodeScript.HAN);
  }

  @Test
  void everyTurnHasOutputsForTheThreeArmsOfTheDemo() {
    for (Recording recording : RECORDINGS)
      for (Arm arm : Arm.demo())
        assertThat(recording.has(arm.outputs())).as(recording.id() + " " + arm.name()).isTrue();
  }

  @Test
  void liveAnswersAreShortAndConventionalOnesLong() {
    for (Recording recording : RECORDINGS)
      for (Recording.Turn turn : recording.turns()) {
        String id = recording.id();
        assertThat(turn.outputsOf("live").answer().completionTokens()).as(id).isBetween(20, 85);
        assertThat(turn.outputsOf("collaborative").answer().completionTokens())
            .as(id)
            .isBetween(15, 85);
        assertThat(turn.outputsOf("conventional").answer().completionTokens())
            .as(id)
            .isBetween(115, 225);
        assertThat(turn.outputsOf("conventional").inferences()).as(id).isEmpty();
      }
  }

  @Test
  void theSpecialCasesAreThere() {
    assertThat(RECORDINGS).anyMatch(recording -> recording.turns().size() == 3);
    assertThat(RECORDINGS).anyMatch(DemoRecordingsTest::hasDeletion);
    assertThat(RECORDINGS).anyMatch(recording -> prompt(recording).contains("def mean(xs):"));
    Recording longest =
        RECORDINGS.stream()
            .max((left, right) -> prompt(left).length() - prompt(right).length())
            .orElseThrow();
    assertThat(prompt(longest).split("[.?] ?")).hasSizeGreaterThan(20);
  }

  @Test
  void theLongestSessionIsOverIn48SecondsInItsSlowestArm() {
    for (Recording recording : RECORDINGS)
      for (Arm arm : Arm.demo())
        assertThat(wallSeconds(recording, arm))
            .as(recording.id() + " " + arm.name())
            .isLessThan(48);
  }

  private static double wallSeconds(Recording recording, Arm arm) {
    double seconds = 0;
    for (Recording.Turn turn : recording.turns()) {
      ArmOutputs outputs = turn.outputsOf(arm.outputs());
      LatencyConstants constants = arm.latency().answer();
      ModelReply answer = outputs.answer();
      seconds +=
          (turn.pauseSeconds() + turn.typingSeconds()) / SPEED + constants.secondsFor(answer);
    }
    return seconds;
  }

  private static String prompt(Recording recording) {
    return recording.turns().getFirst().prompt();
  }

  private static boolean hasDeletion(Recording recording) {
    return recording.turns().stream()
        .flatMap(turn -> turn.typing().stream())
        .anyMatch(event -> event instanceof Edited edited && edited.text().isEmpty());
  }

  private static Stream<UnicodeScript> scriptsOf(Recording recording) {
    return prompt(recording).codePoints().mapToObj(UnicodeScript::of);
  }

  private static List<Recording> loadOrWrite() {
    if (!Boolean.getBoolean("livemind.demo.write")) return DemoRecordings.load();
    write();
    // The class path still holds the old ones.
    return scripts().stream()
        .flatMap(script -> LmrecReader.read(SHIPPED.resolve(shippedName(script))).stream())
        .toList();
  }

  private static void write() {
    try {
      // New scripts go to the end of the order that the index has.
      Path index = SHIPPED.resolve("index.txt");
      var names = new LinkedHashSet<String>();
      if (Files.exists(index)) names.addAll(Files.readAllLines(index));
      var current = scripts().stream().map(DemoRecordingsTest::shippedName).toList();
      names.retainAll(Set.copyOf(current));
      names.addAll(current);
      for (Path script : scripts())
        Files.writeString(
            SHIPPED.resolve(shippedName(script)),
            LmrecWriter.write(DemoScript.read(Files.readString(script))));
      Files.writeString(index, String.join("\n", names) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> scripts() {
    try (Stream<Path> files = Files.list(SCRIPTS)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String shippedName(Path script) {
    return script.getFileName().toString().replace(".txt", ".lmrec");
  }
}
