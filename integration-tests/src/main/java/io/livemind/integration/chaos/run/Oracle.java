package io.livemind.integration.chaos.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemind.integration.chaos.history.Event;
import io.livemind.integration.chaos.history.Recorder;
import io.livemind.integration.chaos.process.RoleMain;
import io.livemind.schemas.RequestHeaders;
import io.livemind.simulator.ChatMessage;
import io.livemind.simulator.Fault;
import io.livemind.simulator.LatencyModel;
import io.livemind.simulator.ModelProfile;
import io.livemind.simulator.ServedCall;
import io.livemind.simulator.Simulator;
import io.livemind.simulator.SimulatorConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A second model server, without faults: what it replies to the same messages is what is right. */
final class Oracle implements AutoCloseable {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /** Faults of which the reply is whole, and another one. */
  private static final Set<Fault> OTHER_REPLIES =
      Set.of(Fault.IGNORES_FORMAT, Fault.OTHER_LANGUAGE);

  private final Simulator simulator;
  private final HttpClient http = HttpClient.newHttpClient();

  /** Must have the seed of the server whose replies it makes again. */
  Oracle(long seed) {
    var instant = ModelProfile.of(RoleMain.MODEL, new LatencyModel(0, 0, 0.000_01));
    simulator = Simulator.start(SimulatorConfig.of(Map.of(RoleMain.MODEL, instant)).withSeed(seed));
  }

  /** The call as it stands in a history. */
  Event.Asked asked(ServedCall call, Recorder recorder) {
    List<ChatMessage> said =
        call.messages().stream()
            .filter(message -> message.role() != ChatMessage.Role.SYSTEM)
            .toList();
    return new Event.Asked(
        recorder.at(call.arrivedNanos()),
        call.session(),
        call.turn(),
        call.kind().name().toLowerCase(Locale.ROOT),
        said.stream()
            .filter(message -> message.role() == ChatMessage.Role.USER)
            .map(ChatMessage::content)
            .toList(),
        said.stream().map(ChatMessage::content).toList(),
        call.whole(),
        reply(call));
  }

  private String reply(ServedCall call) {
    ObjectNode body = JSON.createObjectNode().put("model", RoleMain.MODEL);
    var messages = body.putArray("messages");
    for (ChatMessage message : call.messages()) {
      messages
          .addObject()
          .put("role", message.role().name().toLowerCase(Locale.ROOT))
          .put("content", message.content());
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/chat/completions"))
            .header("content-type", "application/json")
            .header(RequestHeaders.SESSION, call.session())
            .header(RequestHeaders.TURN, Integer.toString(call.turn()))
            .header(RequestHeaders.STEP, Integer.toString(call.step()))
            .header(RequestHeaders.KIND, call.kind().name().toLowerCase(Locale.ROOT))
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    call.fault()
        .filter(OTHER_REPLIES::contains)
        .ifPresent(fault -> request.header(Fault.HEADER, fault.code()));
    try {
      var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) throw new IOException("status " + response.statusCode());
      JsonNode reply = JSON.readTree(response.body());
      return reply.path("choices").path(0).path("message").path("content").asText();
    } catch (IOException e) {
      throw new IllegalStateException("the oracle does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  @Override
  public void close() {
    http.close();
    simulator.close();
  }
}
