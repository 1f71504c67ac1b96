package io.livemind.gateway;

import io.javalin.http.Context;
import io.livemind.gateway.fragments.JsonFields;
import io.livemind.gateway.problem.Problem;
import java.io.IOException;

/** What every HTTP request has in common. */
final class Requests {
  private Requests() {}

  /** The body as a JSON object, read up to the limit and no further. */
  static JsonFields body(Context request, Limits limits) {
    int most = limits.messageBytes();
    try {
      byte[] body = request.req().getInputStream().readNBytes(most + 1);
      if (body.length > most) throw Problem.tooLarge("body", "message-bytes", most);
      return JsonFields.parse(body);
    } catch (IOException e) {
      throw Problem.invalid("body", "did not arrive as a whole");
    }
  }

  /** A path parameter. */
  static String path(Context request, String name) {
    return request.pathParam(name);
  }
}
