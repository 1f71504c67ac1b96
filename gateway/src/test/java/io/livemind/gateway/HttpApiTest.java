package io.livemind.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemind.gateway.answers.OwnPartitions;
import io.livemind.gateway.handle.Handle;
import io.livemind.gateway.handle.Handles;
import io.livemind.gateway.handle.Owner;
import io.livemind.gateway.handle.Signature;
import io.livemind.schemas.TextHash;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpApiTest {
  private final Gateway gateway = Gateway.start();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void a_turn_over_http_is_typed_thought_about_and_answered() {
    String handle = gateway.open().path("handle").asText();
    try (var events = gateway.events(handle, Optional.empty())) {
      events.await("caught_up");
      type(handle, "One. Two");

      assertThat(events.await("inferred").path("text").asText()).isEqualTo("Noted: One.");
      JsonNode completed = events.await("completed");
      assertThat(completed.path("text").asText()).isEqualTo("It is so.");
      assertThat(completed.path("usage").path("completionTokens").asInt()).isEqualTo(7);
      assertThat(events.folded()).isEqualTo("It is so.");
    }
  }

  @Test
  void a_fragment_is_acknowledged_when_the_log_has_it() {
    JsonNode session = gateway.open();

    var answer =
        gateway.post(
            "/v1/sessions/" + session.path("handle").asText() + "/fragments",
            "{'writer':%d,'fragments':[{'sequence':1,'turn':0,'kind':'append','text':'a'}]}"
                .formatted(session.path("writer").asLong()));

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(Gateway.json(answer.body()).path("acknowledged").get(0).asInt()).isEqualTo(1);
    assertThat(gateway.topology.text(gateway.topology.onlySession())).isEqualTo("a");
  }

  @Test
  void what_the_log_does_not_confirm_is_told_as_unavailable() {
    gateway.topology.fail();

    var answer = gateway.post("/v1/sessions", "{}");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(Gateway.json(answer.body()).path("error").path("code").asText())
        .isEqualTo("unavailable");
  }

  @Test
  void a_stream_that_cannot_begin_since_the_log_cannot_be_read_is_unavailable() {
    int own = OwnPartitions.of("test", MemoryLog.PARTITIONS, 1).getFirst();
    var foreign = Handle.draw(1 - own, Owner.NOBODY, System.currentTimeMillis());
    String handle = new Handles(new Signature(List.of(Gateway.KEY))).write(foreign);
    gateway.topology.log.endsCannotBeHad();

    var answer =
        gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/sessions/" + handle + "/events")));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(Gateway.json(answer.body()).path("error").path("code").asText())
        .isEqualTo("unavailable");
  }

  @Test
  void a_late_reader_gets_the_answer_so_far_then_deltas_of_the_rest() {
    gateway.topology.pace();
    String handle = gateway.open().path("handle").asText();
    type(handle, "Why?");
    try (var early = gateway.events(handle, Optional.empty())) {
      early.await("caught_up");
      gateway.topology.release(2);
      early.await(delta(1));
      try (var late = gateway.events(handle, Optional.empty())) {
        JsonNode snapshot = late.await("snapshot");
        gateway.topology.release(2);
        late.await("completed");

        assertThat(snapshot.path("recovered").asBoolean()).isTrue();
        assertThat(snapshot.path("events").findValuesAsText("text")).contains("It is ");
        assertThat(late.folded()).isEqualTo("It is so.");
      }
    }
  }

  @Test
  void a_reader_that_comes_back_at_another_gateway_continues_without_gap_or_repeat() {
    gateway.topology.pace();
    String handle = gateway.open().path("handle").asText();
    type(handle, "Why?");
    String after;
    try (var first = gateway.events(handle, Optional.empty())) {
      first.await("caught_up");
      gateway.topology.release(2);
      first.await(delta(0));
      after = first.await(delta(1)).path("id").asText();
    }
    gateway.topology.release(1);

    try (var other = Gateway.beside(gateway.topology);
        var second = other.events(handle, Optional.of(after))) {
      second.await("caught_up");
      gateway.topology.release(1);
      second.await("completed");

      assertThat(second.await("resumed").path("recovered").asBoolean()).isTrue();
      assertThat(second.folded(2)).isEqualTo("so.");
    }
  }

  @Test
  void history_that_is_gone_is_told_and_the_pipeline_tells_how_the_session_stands() {
    String handle = gateway.open().path("handle").asText();
    String after;
    try (var first = gateway.events(handle, Optional.empty())) {
      after = first.await("opened").path("id").asText();
      type(handle, "Why?");
      first.await("completed");
      gateway.topology.log.forgetEverything();
      gateway.post(
          "/v1/sessions/" + handle + "/fragments",
          "{'fragments':[{'sequence':0,'turn':1,'kind':'append','text':'And now? More.'}]}");
      // What the gateway has not read yet would come behind the snapshot, not in it.
      first.await(message -> message.path("turn").asInt() == 1);
    }

    try (var second = gateway.events(handle, Optional.of(after))) {
      JsonNode snapshot = second.await("snapshot");

      assertThat(snapshot.path("recovered").asBoolean()).isFalse();
      assertThat(snapshot.path("events"))
          .isNotEmpty()
          .allMatch(event -> event.path("turn").asInt() == 1);
      JsonNode session = snapshot.path("session");
      assertThat(session.path("typedPrompt").asText()).isEqualTo("And now? More.");
      assertThat(session.path("turns")).hasSize(1);
      assertThat(session.path("turns").path(0).path("prompt").asText()).isEqualTo("Why?");
      assertThat(session.path("turns").path(0).path("answer").asText()).isEqualTo("It is so.");
      assertThat(session.path("answering").asBoolean()).isFalse();
    }
  }

  @Test
  void what_happens_while_the_pipeline_is_asked_comes_once_behind_the_snapshot() {
    String handle = gateway.open().path("handle").asText();
    String after;
    try (var first = gateway.events(handle, Optional.empty())) {
      after = first.await("opened").path("id").asText();
      gateway.topology.happensUnseen();
      first.await("revised");
      gateway.topology.log.forgetEverything();
      gateway.topology.beforeSnapshot(gateway.topology::happensUnseen);
    }

    try (var second = gateway.events(handle, Optional.of(after))) {
      second.await("revised");

      assertThat(second.messages)
          .extracting(message -> message.path("type").asText())
          .containsExactly("snapshot", "caught_up", "revised");
      assertThat(second.await("snapshot").path("events")).isEmpty();
    }
  }

  @Test
  void a_topic_that_was_created_again_is_noticed() {
    String handle = gateway.open().path("handle").asText();
    String after;
    try (var first = gateway.events(handle, Optional.empty())) {
      after = first.await("opened").path("id").asText();
    }

    try (var other = Gateway.ofAnotherTopic(gateway.topology);
        var second = other.events(handle, Optional.of(after))) {
      assertThat(second.await("snapshot").path("recovered").asBoolean()).isFalse();
    }
  }

  @Test
  void a_deleted_session_ends_its_readers() {
    String handle = gateway.open().path("handle").asText();
    try (var events = gateway.events(handle, Optional.empty())) {
      events.await("caught_up");

      var answer =
          gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/sessions/" + handle)).DELETE());

      assertThat(answer.statusCode()).isEqualTo(204);
      assertThat(events.await("closed").path("code").asText()).isEqualTo("deleted");
    }
  }

  @Test
  void every_data_line_is_one_json_object_whatever_the_text_is() {
    List<String> texts =
        List.of(" lead", "\n", "", "a\r\ndata: x\u2028", "\ud83d\ude00", "<script>");
    gateway.topology.answers(texts.toArray(String[]::new));
    String handle = gateway.open().path("handle").asText();
    try (var events = gateway.events(handle, Optional.empty())) {
      events.await("caught_up");
      type(handle, "Why?");
      events.await("completed");

      assertThat(events.folded()).isEqualTo(String.join("", texts));
    }
  }

  private static Predicate<JsonNode> delta(int index) {
    return message ->
        message.path("type").asText().equals("delta")
            && message.path("index").asInt() <= index
            && index < message.path("index").asInt() + message.path("count").asInt();
  }

  private void type(String handle, String text) {
    gateway.post(
        "/v1/sessions/" + handle + "/fragments",
        ("{'fragments':[{'sequence':0,'turn':0,'kind':'append','text':'%s'},"
                + "{'sequence':1,'turn':0,'kind':'submit','length':%d,'hash':'%016x'}]}")
            .formatted(text, text.length(), TextHash.of(text)));
  }
}
