package io.livemind.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemind.schemas.avro.Delete;
import io.livemind.schemas.avro.Mode;
import io.livemind.schemas.avro.Open;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatCompletionsTest {
  private final Gateway gateway = Gateway.start();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void a_whole_completion_has_the_form_that_clients_know() {
    var answer = ask("'model':'conventional'");

    JsonNode json = Gateway.json(answer);
    assertThat(json.path("object").asText()).isEqualTo("chat.completion");
    assertThat(json.path("model").asText()).isEqualTo("conventional");
    JsonNode choice = json.path("choices").get(0);
    assertThat(choice.path("message").path("content").asText()).isEqualTo("It is so.");
    assertThat(choice.path("finish_reason").asText()).isEqualTo("stop");
    assertThat(json.path("usage").path("total_tokens").asInt()).isEqualTo(27);
  }

  @Test
  void a_stream_brings_the_pieces_the_end_the_usage_and_done() {
    var answer = ask("'model':'livemind','stream':true,'stream_options':{'include_usage':true}");

    List<String> data =
        answer
            .lines()
            .filter(line -> line.startsWith("data: "))
            .map(line -> line.substring(6))
            .toList();
    assertThat(data.getLast()).isEqualTo("[DONE]");
    var text = new StringBuilder();
    for (String chunk : data.subList(0, data.size() - 2))
      text.append(
          Gateway.json(chunk).path("choices").get(0).path("delta").path("content").asText(""));
    assertThat(text).hasToString("It is so.");
    assertThat(Gateway.json(data.get(data.size() - 2)).path("usage").path("prompt_tokens").asInt())
        .isEqualTo(20);
    JsonNode end = Gateway.json(data.get(data.size() - 3)).path("choices").get(0);
    assertThat(end.path("finish_reason").asText()).isEqualTo("stop");
  }

  @Test
  void the_request_is_a_turn_of_its_own_session_which_is_deleted_afterwards() {
    ask("'model':'conventional'");

    var first = gateway.topology.received.getFirst().fragment().getContent();
    assertThat(first).isInstanceOf(Open.class);
    assertThat(((Open) first).getOptions().getMode()).isEqualTo(Mode.CONVENTIONAL);
    assertThat(((Open) first).getOptions().getSystem()).contains("Be short.");
    Gateway.eventually(this::sessionIsDeleted);
  }

  @Test
  void an_unknown_model_is_refused_as_that_api_refuses_it() {
    var answer =
        gateway.post(
            "/v1/chat/completions",
            "{'model':'gpt-7','messages':[{'role':'user','content':'Why?'}]}");

    assertThat(answer.statusCode()).isEqualTo(404);
    JsonNode error = Gateway.json(answer.body()).path("error");
    assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
    assertThat(error.path("code").asText()).isEqualTo("model_not_found");
  }

  @Test
  void a_model_is_unknown_however_long_its_name_is() {
    var answer =
        gateway.post(
            "/v1/chat/completions",
            "{'model':'" + "m".repeat(65) + "','messages':[{'role':'user','content':'Why?'}]}");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(Gateway.json(answer.body()).path("error").path("code").asText())
        .isEqualTo("model_not_found");
  }

  @Test
  void a_stream_whose_worker_was_lost_is_cut_off_if_the_next_one_answers_otherwise() {
    gateway.topology.losesWorkersAfter("It was");

    var answer = ask("'model':'livemind','stream':true");

    String last = answer.strip().lines().toList().getLast();
    JsonNode error = Gateway.json(last.substring("data: ".length())).path("error");
    assertThat(error.path("code").asText()).isEqualTo("unavailable");
    assertThat(error.path("type").asText()).isEqualTo("server_error");
  }

  @Test
  void tools_are_refused_by_name() {
    var answer =
        gateway.post(
            "/v1/chat/completions",
            "{'model':'livemind','tools':[{}],'messages':[{'role':'user','content':'Why?'}]}");

    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode error = Gateway.json(answer.body()).path("error");
    assertThat(error.path("code").asText()).isEqualTo("unsupported_parameter");
    assertThat(error.path("param").asText()).isEqualTo("tools");
  }

  @Test
  void a_gateway_that_stops_lets_nobody_new_in_and_a_stream_come_to_its_end() throws Exception {
    assertThat(askedBeforeAStop("'model':'conventional','stream':true"))
        .contains("It ", "so")
        .endsWith("data: [DONE]\n\n");
  }

  @Test
  void a_gateway_that_stops_still_gives_a_whole_answer_that_it_was_asked_for() throws Exception {
    assertThat(askedBeforeAStop("'model':'conventional'")).contains("\"It is so.\"").endsWith("}");
  }

  @Test
  void whoever_leaves_before_a_whole_answer_begins_costs_no_more() throws Exception {
    gateway.topology.pace();

    ask(new Socket("127.0.0.1", gateway.app.uri().getPort())).close();

    Gateway.eventually(this::sessionIsDeleted);
  }

  @Test
  void whoever_leaves_while_a_whole_answer_is_made_costs_no_more() throws Exception {
    int pieces = 60;
    gateway.topology.answers(Collections.nCopies(pieces, "so ").toArray(String[]::new));
    gateway.topology.pace();
    var released = new AtomicInteger();

    ask(new Socket("127.0.0.1", gateway.app.uri().getPort())).close();

    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              gateway.topology.release(1);
              released.incrementAndGet();
              return sessionIsDeleted();
            });
    assertThat(released).hasValueLessThan(pieces);
  }

  @Test
  void whoever_asks_again_before_a_whole_answer_gets_both() throws Exception {
    gateway.topology.pace();
    try (var client = ask(new Socket("127.0.0.1", gateway.app.uri().getPort()))) {
      client
          .getOutputStream()
          .write(
              "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.UTF_8));
      gateway.topology.release(10);

      assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("\"It is so.\"", "\"livemind-collaborative\"");
    }
  }

  /** Asks for a whole answer on a connection of one's own; returns when the turn has begun. */
  private Socket ask(Socket client) throws IOException {
    String body =
        "{\"model\":\"conventional\",\"messages\":[{\"role\":\"user\",\"content\":\"Why?\"}]}";
    client
        .getOutputStream()
        .write(
            """
            POST /v1/chat/completions HTTP/1.1\r
            Host: localhost\r
            Content-Type: application/json\r
            Content-Length: %d\r
            \r
            %s"""
                .formatted(body.length(), body)
                .getBytes(StandardCharsets.UTF_8));
    Gateway.eventually(() -> gateway.topology.received.size() > 1);
    return client;
  }

  private boolean sessionIsDeleted() {
    return gateway.topology.received.getLast().fragment().getContent() instanceof Delete;
  }

  private String askedBeforeAStop(String parameters) throws Exception {
    gateway.topology.pace();
    var port = new InetSocketAddress("127.0.0.1", gateway.app.uri().getPort());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> answer = threads.submit(() -> ask(parameters));
      Gateway.eventually(() -> gateway.topology.received.size() > 1);
      Future<?> stopped = threads.submit(gateway.app::close);
      Gateway.eventually(() -> letsNobodyIn(port));
      gateway.topology.release(10);
      stopped.get();
      return answer.get();
    }
  }

  private static boolean letsNobodyIn(InetSocketAddress port) throws IOException {
    try (var client = new Socket()) {
      client.connect(port);
      return false;
    } catch (ConnectException refused) {
      return true;
    }
  }

  private String ask(String parameters) {
    var answer =
        gateway.post(
            "/v1/chat/completions",
            "{"
                + parameters
                + ",'messages':[{'role':'system','content':'Be short.'},"
                + "{'role':'user','content':'Why?'}]}");
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }
}
