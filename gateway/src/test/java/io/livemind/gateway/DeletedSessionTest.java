package io.livemind.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A session that was deleted is gone for everybody, at every gateway. */
class DeletedSessionTest {
  private static final long FARTHEST = (1L << 53) - 1;

  private final Gateway gateway = Gateway.start();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void a_session_is_deleted_though_its_writer_s_number_comes_from_a_clock_that_is_ahead() {
    String handle = gateway.open().path("handle").asText();
    assertThat(type(handle, ahead(Duration.ofHours(12))).statusCode()).isEqualTo(202);

    assertThat(delete(handle).statusCode()).isEqualTo(204);

    assertThat(gateway.topology.knows(gateway.topology.onlySession())).isFalse();
  }

  @Test
  void a_writer_that_no_gateway_gave_out_is_refused_over_http_and_types_nothing() {
    String handle = gateway.open().path("handle").asText();

    var answer = type(handle, FARTHEST);

    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode error = Gateway.json(answer.body()).path("error");
    assertThat(error.path("field").asText()).isEqualTo("writer");
    assertThat(error.path("message").asText()).contains("more than a day ahead");
    assertThat(gateway.topology.text(gateway.topology.onlySession())).isEmpty();
  }

  @Test
  void its_readers_at_other_gateways_are_told() {
    String handle = gateway.open().path("handle").asText();
    try (var other = Gateway.beside(gateway.topology);
        var stream = other.events(handle, Optional.empty());
        var live = other.live()) {
      live.say("{'type':'resume','handle':'" + handle + "'}").await("caught_up");
      stream.await("caught_up");

      delete(handle);

      assertThat(stream.await("closed").path("code").asText()).isEqualTo("deleted");
      assertThat(live.await("closed").path("code").asText()).isEqualTo("deleted");
    }
  }

  @Test
  void who_comes_afterwards_is_shown_nothing_of_it() {
    String handle = gateway.open().path("handle").asText();
    String after;
    try (var first = gateway.events(handle, Optional.empty())) {
      after = first.await("opened").path("id").asText();
      type(handle, ahead(Duration.ofMinutes(1)));
      first.await("inferred");
    }
    delete(handle);

    try (var everything = gateway.events(handle, Optional.empty());
        var rest = gateway.events(handle, Optional.of(after))) {
      everything.await("closed");
      rest.await("closed");

      for (var late : List.of(everything, rest)) {
        assertThat(late.messages).hasSize(1);
        assertThat(late.messages.getFirst().path("code").asText()).isEqualTo("deleted");
      }
    }
  }

  @Test
  void who_comes_when_the_log_has_forgotten_it_is_told_the_same() {
    String handle = gateway.open().path("handle").asText();
    delete(handle);
    gateway.topology.log.forgetEverything();

    try (var late = gateway.events(handle, Optional.empty())) {
      assertThat(late.await("closed").path("code").asText()).isEqualTo("deleted");
      assertThat(late.messages).hasSize(1);
    }
  }

  /** A number of a gateway whose clock is ahead. */
  private static long ahead(Duration time) {
    return (System.currentTimeMillis() + time.toMillis()) * 1_024;
  }

  private HttpResponse<String> type(String handle, long writer) {
    return gateway.post(
        "/v1/sessions/" + handle + "/fragments",
        "{'writer':%d,'fragments':[{'sequence':0,'turn':0,'kind':'append','text':'One. Two'}]}"
            .formatted(writer));
  }

  private HttpResponse<String> delete(String handle) {
    return gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/sessions/" + handle)).DELETE());
  }
}
