package io.livemind.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.AnswerFold;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Delta;
import io.livemind.schemas.avro.ModelUsage;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class StreamedTextProperties {

  @Property(tries = 300)
  void what_was_sent_is_the_answer_or_the_client_is_told_that_it_is_not(
      @ForAll @Size(max = 8) List<@AlphaChars @StringLength(max = 3) String> first,
      @ForAll @Size(max = 8) List<@AlphaChars @StringLength(max = 3) String> second,
      @ForAll @AlphaChars @StringLength(max = 12) String end) {
    var fold = new AnswerFold();
    var text = new StreamedText();
    var received = new StringBuilder();

    for (int i = 0; i < first.size(); i++) take(fold, text, received, delta(1, i, first.get(i)));
    for (int i = 0; i < second.size(); i++) take(fold, text, received, delta(2, i, second.get(i)));
    take(fold, text, received, new Completed(2, "x2", end, ModelUsage.newBuilder().build()));

    assertThat(text.matches(fold.text())).isEqualTo(received.toString().equals(end));
  }

  @Property(tries = 100)
  void an_answer_without_correction_is_sent_whole(
      @ForAll @Size(max = 8) List<@AlphaChars @StringLength(max = 3) String> pieces) {
    var fold = new AnswerFold();
    var text = new StreamedText();
    var received = new StringBuilder();

    for (int i = 0; i < pieces.size(); i++) take(fold, text, received, delta(1, i, pieces.get(i)));

    assertThat(received).hasToString(String.join("", pieces));
  }

  private static Delta delta(int attempt, int index, String piece) {
    return new Delta(attempt, "x" + attempt, index, piece);
  }

  private static void take(
      AnswerFold fold, StreamedText text, StringBuilder received, Object event) {
    var change = fold.apply(new AnswerEvent(0, 0L, event));
    received.append(text.after(change, fold.text()));
  }
}
