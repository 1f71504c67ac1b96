package io.livemind.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemind.cli.embedded.ScratchDirectory;
import io.livemind.replay.recording.ArmOutputs;
import io.livemind.replay.recording.LmrecWriter;
import io.livemind.replay.recording.ModelReply;
import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.Recording.Turn;
import io.livemind.replay.recording.TypingEvent.Submitted;
import io.livemind.replay.recording.TypingEvent.Typed;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on the whole pipeline: a real broker, real workers, the simulator over HTTP. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init")
class PipelineTest {
  private static final Recording TEA =
      new Recording(
          "tea",
          "Tea",
          "en",
          List.of(
              new Turn(
                  0,
                  List.of(
                      new Typed(1, "The kettle holds one litre. "),
                      new Typed(4, "A cup holds a quarter. "),
                      new Typed(8, "How many cups?"),
                      new Submitted(12)),
                  Optional.empty(),
                  Map.of(
                      "live",
                      new ArmOutputs(
                          List.of(
                              ModelReply.of("action inference. One litre of water.", 10, 6),
                              ModelReply.of("action inference. Four make a litre.", 20, 6)),
                          ModelReply.of("Four cups.", 30, 3),
                          Optional.empty()),
                      "conventional",
                      new ArmOutputs(
                          List.of(),
                          ModelReply.of("A litre is four quarters, so four cups.", 30, 12),
                          Optional.empty())))));

  @TempDir Path folder;
  private final Console console = new Console();

  @Test
  void replayAnswersWithWhatWasRecordedAndLeavesNothingBehind() throws Exception {
    Set<String> before = temporaryFolders();

    int exitCode =
        Livemind.run(console.context(), "replay", recording(), "--speed", "5", "--output", "json");

    assertThat(exitCode).as(console.err()).isZero();
    assertThat(console.err()).isEmpty();
    JsonNode report = new ObjectMapper().readTree(console.out());
    assertThat(report.path("arms")).hasSize(2);
    for (JsonNode arm : report.path("arms")) {
      assertThat(arm.path("equalToRecorded").asInt()).isEqualTo(1);
      assertThat(arm.path("recordedOutputs").path("violations").asInt()).isZero();
      assertThat(arm.path("latency").path("meanSeconds").asDouble()).isPositive();
    }
    assertThat(report.path("notes").toString()).contains("simulated").contains("rescaled");
    assertThat(temporaryFolders()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"cancel, 1", "wait, 0"})
  void anInferenceThatRunsWhenThePromptEndsIsCancelledOrWaitedFor(String onSubmit, int lost)
      throws Exception {
    var busy =
        new Turn(
            0,
            List.of(new Typed(0, "The kettle holds one litre. How many cups?"), new Submitted(2)),
            Optional.empty(),
            Map.of(
                "live",
                new ArmOutputs(
                    List.of(ModelReply.of("action inference. One litre of water.", 10, 80)),
                    ModelReply.of("Four cups.", 30, 3),
                    Optional.empty())));
    String file = recording(new Recording("busy", "Busy", "en", List.of(busy)));

    int exitCode =
        Livemind.run(
            console.context(), "replay", file, "--on-submit", onSubmit, "--output", "json");

    assertThat(exitCode).as(console.err()).isZero();
    JsonNode session = new ObjectMapper().readTree(console.out()).path("sessions").path(0);
    assertThat(session.path("equalToRecorded").asBoolean()).isTrue();
    assertThat(session.path("recordedOutputs").path("unservedInferences").asInt()).isEqualTo(lost);
  }

  @ParameterizedTest
  @ValueSource(strings = {"segment", "memory", "order"})
  void aDamagedPipelineFailsTheChecks(String damage) throws Exception {
    int exitCode =
        Livemind.run(console.context(), "replay", recording(), "--speed", "5", "--break", damage);

    assertThat(exitCode).as(console.err()).isEqualTo(99);
    assertThat(console.err()).contains("did not hold the recorded prompt and memory");
    assertThat(console.out()).contains("damaged on purpose");
  }

  private String recording() throws Exception {
    return recording(TEA);
  }

  private String recording(Recording recording) throws Exception {
    return Files.writeString(folder.resolve("one.lmrec"), LmrecWriter.write(recording)).toString();
  }

  private static Set<String> temporaryFolders() {
    String[] names = new File(System.getProperty("java.io.tmpdir")).list();
    return Arrays.stream(names == null ? new String[0] : names)
        .filter(name -> name.startsWith(ScratchDirectory.prefix()))
        .collect(Collectors.toCollection(HashSet::new));
  }
}
