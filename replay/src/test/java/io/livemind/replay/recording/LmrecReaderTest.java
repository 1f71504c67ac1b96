package io.livemind.replay.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LmrecReaderTest {
  private static final String HEADER =
      "{\"lmrec\":1,\"id\":\"a\",\"title\":\"b\",\"language\":\"en\"}\n";
  private static final String TURN = "[0,\"turn\",{}]\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1,`typed`] | an event must have 3 elements, has 2",
        "[-1,'typed','a'] | [0] must be 0 or more, is -1.0",
        "['1','typed','a'] | [0] must be a number, is string",
        "[1,'typed',7] | [2] must be a text, is number",
        "[1,'typed',''] | typed text must not be empty",
        "[1,'typed','\\ud83d'] | half a surrogate pair",
        "[1,'pasted','a'] | the event's code is unknown",
        "[1,'edited',{'position':0,'deletedLength':1,'text':''}] | outside the prompt",
        "[1,'edited',{'position':0.5,'deletedLength':0,'text':''}] | position must be an integer",
        "[1,'edited',{'position':0,'text':''}] | deletedLength is missing",
        "[1,'submit',{'length':0,'hash':'811c9dc501234567'}] | an empty prompt",
        "[1,'submit',{'length':3,'hash':'811c9dc501234567'}] | events are missing or changed",
        "['1','inference',{}] | [0] must be a number, is string",
        "[-1,'inference',{}] | [0] must be 0 or more, is -1.0",
        "[1,'segment',{'arm':'x','text':''}] | a segment must not be empty",
        "[1,'error',{'arm':'x','code':' '}] | must not be blank",
        "[null,'answer',{'arm':'x','promptTokens':1,'completionTokens':1}] | must have its text",
        "[null,'answer',{'arm':'x','text':'','promptTokens':1,'completionTokens':0}] | 1 or more",
        "{'lmrec':2} | version 2 of the format is unknown: this release reads 1",
        "not json | the line is not JSON at column",
        "[1,'typed','a'] x | the line is not JSON",
        "{'lmrec':1,'lmrec':1} | the line is not JSON",
      })
  void aBadLineIsNamedWithItsNumberAndTheReason(String line, String reason) {
    String file = HEADER + TURN + line.replace('\'', '"').replace('`', '"') + "\n";

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(RecordingException.class)
        .hasMessageStartingWith("some.lmrec:3: ")
        .hasMessageContaining(reason.replace("the event\"s", "the event's"));
  }

  @Test
  void timeThatGoesBackIsNamed() {
    String file = HEADER + TURN + "[2,\"typed\",\"a\"]\n[1,\"typed\",\"b\"]\n";

    assertThatThrownBy(() -> read(file)).hasMessageStartingWith("some.lmrec:4: time must not go");
  }

  @Test
  void aTurnWithoutSubmitIsNamedAtItsEnd() {
    assertThatThrownBy(() -> read(HEADER + TURN + "[2,\"typed\",\"a\"]\n"))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("must end with a submit");
  }

  @Test
  void eventsBeforeAHeaderOrATurnAreRefused() {
    assertThatThrownBy(() -> read(TURN)).hasMessageContaining("the first line must be a header");
    assertThatThrownBy(() -> read(HEADER + "[1,\"typed\",\"a\"]\n"))
        .hasMessageContaining("a turn event must come first");
    assertThatThrownBy(() -> read("\n \n")).hasMessageContaining("holds no recording");
  }

  @Test
  void anErrorNeverTellsWhatWasTyped() {
    String file = HEADER + TURN + "[1,\"typed\",\"my secret\"] [\n";

    assertThatThrownBy(() -> read(file))
        .satisfies(error -> assertThat(error.getMessage()).doesNotContain("secret"));
  }

  private static void read(String file) {
    var unused =
        LmrecReader.read(
            "some.lmrec", new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)));
  }
}
