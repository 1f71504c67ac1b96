package io.livemind.replay.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.Recording.Turn;
import io.livemind.replay.recording.RecordingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway.Init")
class ImportersTest {
  @TempDir Path folder;
  private final List<RecordingException> skipped = new ArrayList<>();

  @Test
  void eachLineOfPromptsIsARecordingNamedByItsLine() throws IOException {
    List<Recording> recordings =
        PromptImporter.read(
            file("Does it rain?\n\nHow much?\n"), TypingModel.AVERAGE, skipped::add);

    assertThat(recordings).extracting(Recording::id).containsExactly("prompt-1", "prompt-3");
    assertThat(recordings)
        .extracting(one -> one.turns().getFirst().prompt())
        .containsExactly("Does it rain?", "How much?");
    assertThat(recordings).noneMatch(Recording::hasOutputs);
  }

  @Test
  void aChatKeepsItsTimesAndItsAnswers() throws IOException {
    Recording chat =
        chat("""
                {"session":"a","at":100,"role":"user","content":"Hello there."}
                {"session":"a","at":"1970-01-01T00:01:42Z","role":"assistant","content":"Hello."}
                {"session":"a","at":162,"role":"user","content":"Does it rain?"}
                {"session":"b","at":100,"role":"user","content":"Another."}
                {"session":"a","at":165.5,"role":"assistant","content":"No."}
                """)
            .getFirst();
    Turn second = chat.turns().get(1);

    assertThat(chat.turns())
        .extracting(Turn::prompt)
        .containsExactly("Hello there.", "Does it rain?");
    assertThat(second.pauseSeconds() + second.typingSeconds()).isCloseTo(60, within(1e-6));
    var answer = second.outputsOf("conventional").answer();
    assertThat(answer.recordedText()).contains("No.");
    assertThat(answer.seconds().orElseThrow() - second.typingSeconds())
        .isCloseTo(3.5, within(1e-6));
  }

  @Test
  void whoeverHadNoTimeTypedFasterOrPasted() throws IOException {
    Recording chat =
        chat("""
                {"session":"a","at":100,"role":"user","content":"Hello there."}
                {"session":"a","at":102,"role":"user","content":"One hundred characters more, say."}
                {"session":"a","at":102,"role":"user","content":"And at once."}
                """)
            .getFirst();

    assertThat(chat.turns().get(1).typingSeconds()).isCloseTo(2, within(1e-6));
    assertThat(chat.turns().get(2).typingSeconds()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"session":"a","at":-1,"role":"user","content":"x"}        | at must be 0 or more
          {"session":"a","at":"noon","role":"user","content":"x"}    | a time as
          {"session":"a","at":1,"role":"robot","content":"x"}        | role must be
          {"session":"a","at":1,"role":"user","content":" "}         | content must not be blank
          {"session":"a","at":1,"role":"user","content":7}           | content must be a text
          {"at":1,"role":"user","content":"x"}                       | session is missing
          {"session":"c","at":1,"role":"assistant","content":"x"}    | must answer a message
          {"session":"g","at":1,"role":"user","content":"back"}      | time must not go back
          {"session":                                                | is not JSON
          """)
  void aBadMessageIsToldWithItsLineOrPassedOver(String line, String reason) throws IOException {
    String good = "{\"session\":\"g\",\"at\":5,\"role\":\"user\",\"content\":\"Good.\"}\n";
    Path file = file(good + line + "\n" + good.replace('5', '6'));

    assertThatThrownBy(() -> ChatLogImporter.read(file, TypingModel.AVERAGE, ImportersTest::fail))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("log.txt:2")
        .hasMessageContaining(reason);
    assertThat(ChatLogImporter.read(file, TypingModel.AVERAGE, skipped::add).getFirst().turns())
        .hasSize(2);
    assertThat(skipped).hasSize(1);
  }

  private List<Recording> chat(String text) throws IOException {
    return ChatLogImporter.read(file(text), TypingModel.AVERAGE, ImportersTest::fail);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("log.txt"), text);
  }

  private static void fail(RecordingException problem) {
    throw problem;
  }
}
