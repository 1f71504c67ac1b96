package io.livemind.gateway.answers;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Delta;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class EventJsonProperties {

  @Property
  void a_delta_is_written_as_the_tree_of_it_would_be(
      @ForAll int turn, @ForAll long atMillis, @ForAll int index, @ForAll String text) {
    var delta = new Delta(2, "execution \"\\\u2028", index, text);
    var answer = new AnswerRecord("s", 0, 7, new AnswerEvent(turn, atMillis, delta));
    var joined = new JoinedDeltas.Joined(answer, 1);

    assertThat(EventJson.text(joined, "aZ-_")).isEqualTo(EventJson.of(joined, "aZ-_").toString());
  }
}
