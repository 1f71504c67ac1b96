package io.livemind.gateway;

import io.livemind.gateway.problem.Problem;
import io.livemind.gateway.problem.ProblemCode;
import io.livemind.gateway.problem.ProblemJson;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what the server cannot read as a request: the same error as everywhere. The server closes
 * the connection behind it, and without being told, clients would send their next request there.
 */
final class UnreadableRequests implements Request.Handler {
  private static final Problem PROBLEM =
      Problem.of(ProblemCode.INVALID_REQUEST, "The request cannot be understood.");

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    SecurityHeaders.ALL.forEach(response.getHeaders()::put);
    response
        .getHeaders()
        .put(HttpHeader.CONNECTION, "close")
        .put(HttpHeader.CONTENT_TYPE, "application/json");
    Content.Sink.write(response, true, ProblemJson.of(PROBLEM).toString(), callback);
    return true;
  }
}
