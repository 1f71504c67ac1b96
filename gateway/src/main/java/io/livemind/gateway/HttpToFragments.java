package io.livemind.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.livemind.gateway.fragments.FragmentJson;
import io.livemind.gateway.fragments.JsonFields;
import io.livemind.gateway.handle.Handle;
import io.livemind.gateway.handle.Owner;
import java.util.List;
import java.util.Set;

/**
 * From HTTP requests to the topic {@code fragments}: sessions are opened, typed in and deleted. An
 * answer is given when the log has confirmed.
 */
final class HttpToFragments {
  private static final int MOST_FRAGMENTS = 64;

  private final Sessions sessions;
  private final Doorkeeper doorkeeper;
  private final Limits limits;

  HttpToFragments(Sessions sessions, Doorkeeper doorkeeper, Limits limits) {
    this.sessions = sessions;
    this.doorkeeper = doorkeeper;
    this.limits = limits;
  }

  /** {@code POST /v1/sessions}. */
  void open(Context request) {
    Owner owner = doorkeeper.owner(request);
    JsonFields body = Requests.body(request, limits);
    body.only(Set.of("model", "system", "answerFormat"));
    var options = sessions.options(body);
    Handle handle = sessions.draw(owner);
    long writer = sessions.open(handle, options);
    String signed = sessions.write(handle);
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("handle", signed)
            .put("writer", writer)
            .put("sequence", Sessions.AFTER_OPEN)
            .put("events", "/v1/sessions/" + signed + "/events");
    request.status(201).contentType("application/json").result(json.toString());
  }

  /** {@code POST /v1/sessions/{handle}/fragments}. */
  void type(Context request) {
    Handle handle = find(request);
    JsonFields body = Requests.body(request, limits);
    body.only(Set.of("writer", "fragments"));
    List<FragmentJson> typed =
        body.objects("fragments", MOST_FRAGMENTS).stream()
            .map(fields -> FragmentJson.read(fields, limits.fragmentLength()))
            .toList();
    long writer =
        body.optionalNumber("writer", 0, FragmentJson.LARGEST)
            .map(sessions::checked)
            .orElseGet(() -> sessions.nextWriter(handle));
    Sessions.await(sessions.type(handle, writer, typed));
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("writer", writer);
    ArrayNode acknowledged = json.putArray("acknowledged");
    typed.forEach(fragment -> acknowledged.add(fragment.sequence()));
    request.status(202).contentType("application/json").result(json.toString());
  }

  /** {@code DELETE /v1/sessions/{handle}}. */
  void delete(Context request) {
    sessions.delete(find(request));
    request.status(204);
  }

  private Handle find(Context request) {
    Owner owner = doorkeeper.owner(request);
    return sessions.find(Requests.path(request, "handle"), owner);
  }
}
