package io.livemind.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemind.schemas.TextHash;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveSocketTest {
  private final Gateway gateway = Gateway.start();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void one_socket_opens_types_and_reads() {
    try (var live = gateway.live()) {
      live.say("{'type':'open','model':'livemind'}");
      assertThat(live.await("session").path("sequence").asInt()).isEqualTo(1);
      live.await("opened");

      live.say(append(1, "One. Two"));
      assertThat(live.await("ack").path("sequence").asInt()).isEqualTo(1);
      assertThat(live.await("inferred").path("text").asText()).isEqualTo("Noted: One.");
      live.say(submit(2, "One. Two"));

      assertThat(live.await("completed").path("text").asText()).isEqualTo("It is so.");
      assertThat(live.folded()).isEqualTo("It is so.");
    }
  }

  @Test
  void a_client_that_gets_no_events_gets_a_sign_of_life_every_15_s() {
    try (var live = gateway.live()) {
      live.say("{'type':'open'}").await("opened");

      Awaitility.await().atMost(Duration.ofSeconds(25)).until(() -> count(live, "alive") > 0);
    }
  }

  @Test
  void the_same_fragment_sent_again_is_acknowledged_again_and_types_nothing() {
    try (var live = gateway.live()) {
      live.say("{'type':'open'}").await("opened");
      live.say(append(1, "a")).say(append(1, "a"));

      Gateway.eventually(() -> count(live, "ack") == 2);
      assertThat(gateway.topology.text(gateway.topology.onlySession())).isEqualTo("a");
    }
  }

  @Test
  void a_newer_client_takes_over_and_the_older_is_told() {
    try (var first = gateway.live();
        var second = gateway.live()) {
      first.say("{'type':'open'}");
      String handle = first.await("session").path("handle").asText();
      second.say("{'type':'resume','handle':'" + handle + "'}").await("caught_up");
      second.say(append(0, "b"));
      second.await("ack");

      first.say(append(1, "a"));

      JsonNode rejected = first.await("rejected");
      assertThat(rejected.path("code").asText()).isEqualTo("not_writer");
      assertThat(rejected.path("writer").asLong())
          .isEqualTo(first.await("session").path("writer").asLong());
    }
  }

  @Test
  void a_writer_that_no_gateway_gave_out_is_refused_and_spoils_nobody_s_numbers() {
    try (var eve = gateway.live()) {
      String hers = gateway.open().path("handle").asText();
      eve.say("{'type':'resume','handle':'%s','writer':%d}".formatted(hers, (1L << 53) - 2));

      JsonNode error = eve.await("error").path("error");
      assertThat(error.path("code").asText()).isEqualTo("invalid_request");
      assertThat(error.path("field").asText()).isEqualTo("writer");
    }
    JsonNode opened = gateway.open();
    var typed =
        gateway.post(
            "/v1/sessions/" + opened.path("handle").asText() + "/fragments",
            "{'writer':%d,'fragments':[{'sequence':1,'turn':0,'kind':'append','text':'a'}]}"
                .formatted(opened.path("writer").asLong()));

    assertThat(typed.statusCode()).isEqualTo(202);
  }

  @Test
  void cancel_ends_the_turn_and_no_delta_follows() {
    gateway.topology.pace();
    try (var live = gateway.live()) {
      live.say("{'type':'open'}").await("opened");
      live.say(append(1, "Why?")).say(submit(2, "Why?"));
      gateway.topology.release(1);
      live.await("delta");

      live.say("{'type':'fragment','sequence':3,'turn':0,'kind':'cancel'}");
      live.await(message -> message.path("sequence").asInt() == 3);
      gateway.topology.release(3);

      assertThat(live.await("cancelled").path("text").asText()).isEqualTo("It ");
      assertThat(live.folded()).isEqualTo("It ");
    }
  }

  @Test
  void a_session_that_is_not_there_is_not_found() {
    try (var live = gateway.live()) {
      live.say("{'type':'resume','handle':'" + "A".repeat(82) + "'}");

      assertThat(live.await("error").path("error").path("code").asText()).isEqualTo("not_found");
    }
  }

  @Test
  void what_cannot_be_read_is_refused_with_field_and_the_socket_stays() {
    try (var live = gateway.live()) {
      live.say("{'type':'open'}").await("opened");

      live.say("{'type':'fragment','sequence':1,'turn':0,'kind':'append','text':'\\ud800'}");

      JsonNode error = live.await("error");
      assertThat(error.path("sequence").asInt()).isEqualTo(1);
      assertThat(error.path("error").path("field").asText()).isEqualTo("text");
      live.say(append(1, "a")).await("ack");
    }
  }

  @Test
  void a_message_beyond_the_limit_closes_with_1009() {
    try (var live = gateway.live()) {
      // All but the last part fits: whoever still writes when the gateway closes may not get the
      // code.
      live.begin("{'type':'open','model':'" + "x".repeat((1 << 20) - 25)).say("xxxx'}");

      Gateway.eventually(() -> live.closed == 1009);
    }
  }

  @Test
  void a_client_that_types_too_fast_is_told_the_limit_once_and_closed() {
    var oneASecond = new Limits(1_000, 1_000, 1, 10, 10, 10, Duration.ofSeconds(1));
    try (var strict = Gateway.with(new Auth.None(), oneASecond);
        var live = strict.live()) {
      live.say("{'type':'open'}").await("opened");
      // Four at once and one more a second: no machine is too slow to type these too fast. It types
      // until it has read that it is refused.
      for (int i = 1; i < 2_000 && count(live, "error") == 0; i++) live.say(append(i, "a"));

      JsonNode error = live.await("error").path("error");
      assertThat(error.path("code").asText()).isEqualTo("too_many_requests");
      assertThat(error.path("field").asText()).isEqualTo("fragments-per-second");
      Gateway.eventually(() -> live.closed == 1008);
      assertThat(count(live, "error")).isEqualTo(1);
    }
  }

  @Test
  void a_lost_fragment_closes_the_socket_so_that_the_client_begins_again() {
    try (var live = gateway.live()) {
      live.say("{'type':'open'}").await("opened");
      gateway.topology.fail();

      live.say(append(1, "a"));

      assertThat(live.await("error").path("error").path("code").asText()).isEqualTo("unavailable");
      Gateway.eventually(() -> live.closed == 1013);
    }
  }

  @Test
  void a_gateway_that_stops_sends_its_clients_elsewhere_and_they_resume_there() {
    try (var live = gateway.live()) {
      live.say("{'type':'open'}");
      String handle = live.await("session").path("handle").asText();
      String after = live.await("opened").path("id").asText();
      gateway.app.close();
      Gateway.eventually(() -> live.closed == 1013);

      try (var other = Gateway.beside(gateway.topology);
          var again = other.live()) {
        again.say("{'type':'resume','handle':'%s','after':'%s'}".formatted(handle, after));

        assertThat(again.await("resumed").path("recovered").asBoolean()).isTrue();
        again.say(append(0, "One. ")).await("segment_closed");
      }
    }
  }

  @Test
  void a_gateway_that_stops_tells_every_client_before_it_cuts_the_connection() {
    try (var silent = gateway.live();
        var reading = gateway.live()) {
      reading.say("{'type':'open'}").await("opened");
      var events = gateway.events(gateway.open().path("handle").asText(), Optional.empty());
      events.await("caught_up");

      gateway.app.close();

      assertThat(events.await("closed").path("code").asText()).isEqualTo("going_away");
      assertThat(reading.await("closed").path("code").asText()).isEqualTo("going_away");
      Gateway.eventually(() -> reading.closed == 1013 && silent.closed == 1013);
    }
  }

  private static long count(Gateway.Client client, String type) {
    return client.messages.stream()
        .filter(message -> message.path("type").asText().equals(type))
        .count();
  }

  private static String append(int sequence, String text) {
    return "{'type':'fragment','sequence':%d,'turn':0,'kind':'append','text':'%s'}"
        .formatted(sequence, text);
  }

  private static String submit(int sequence, String text) {
    return "{'type':'fragment','sequence':%d,'turn':0,'kind':'submit','length':%d,'hash':'%016x'}"
        .formatted(sequence, text.length(), TextHash.of(text));
  }
}
