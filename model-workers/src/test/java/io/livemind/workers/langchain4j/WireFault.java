package io.livemind.workers.langchain4j;

import io.livemind.schemas.FailureCode;
import io.livemind.workers.langchain4j.Wire.End;

/** What a model server can do wrong, on any provider's wire, and what it must be called. */
enum WireFault {
  // In place of a reply.
  BAD_REQUEST(FailureCode.BAD_REQUEST, refuses(400, "", "invalid_request_error")),
  CONTEXT_TOO_LONG(FailureCode.CONTEXT_TOO_LONG, refuses(400, "", "context_length_exceeded")),
  UNAUTHORISED(FailureCode.UNAUTHORISED, refuses(401, "", "authentication_error")),
  FORBIDDEN(FailureCode.UNAUTHORISED, refuses(403, "", "permission_error")),
  NOT_FOUND(FailureCode.MODEL_UNKNOWN, refuses(404, "", "not_found_error")),
  RATE_LIMITED(FailureCode.RATE_LIMITED, refuses(429, "", "rate_limit_error")),
  RATE_LIMITED_WITH_A_WAIT(
      FailureCode.RATE_LIMITED, refuses(429, "Retry-After: 7\r\n", "rate_limit_error")),
  OUT_OF_CREDIT(FailureCode.OUT_OF_CREDIT, refuses(429, "", "insufficient_quota")),
  SERVER_ERROR(FailureCode.MODEL_ERROR, refuses(500, "", "api_error")),
  UNAVAILABLE(FailureCode.OVERLOADED, refuses(503, "", "unavailable")),
  OVERLOADED(FailureCode.OVERLOADED, refuses(529, "", "overloaded_error")),
  A_PROXYS_PAGE(
      FailureCode.MODEL_ERROR,
      (wire, server) ->
          server.respond(502, "Content-Type: text/html\r\n", "<html>Bad gateway</html>")),
  A_PAGE_IN_PLACE_OF_A_STREAM(
      FailureCode.MALFORMED,
      (wire, server) -> server.respond(200, "Content-Type: text/html\r\n", "<html>Hi</html>")),

  // The connection ends: by reset, by the end of a body that was announced to go on, or cleanly.
  RESET_BEFORE_HEADERS(FailureCode.DISCONNECTED, (wire, server) -> server.reset()),
  CLOSED_BEFORE_HEADERS(FailureCode.DISCONNECTED, (wire, server) -> {}),
  RESET_BEFORE_FIRST_TOKEN(
      FailureCode.DISCONNECTED,
      (wire, server) -> {
        server.open();
        server.reset();
      }),
  CLOSED_BEFORE_FIRST_TOKEN(FailureCode.TRUNCATED, (wire, server) -> server.open()),
  CUT_BEFORE_FIRST_TOKEN(FailureCode.DISCONNECTED, (wire, server) -> server.openChunked()),
  RESET_MID_STREAM(
      FailureCode.DISCONNECTED,
      (wire, server) -> {
        half(wire, server);
        server.reset();
      }),
  CLOSED_MID_STREAM(FailureCode.TRUNCATED, WireFault::half),
  CUT_MID_STREAM(
      FailureCode.DISCONNECTED,
      (wire, server) -> {
        server.openChunked();
        server.chunk(wire.start() + wire.text("half"));
      }),
  CUT_AFTER_THE_REASON(
      FailureCode.DISCONNECTED,
      (wire, server) -> {
        server.openChunked();
        server.chunk(wire.start() + wire.text("all") + wire.end(End.GOOD));
      }),

  // Silence; which limit is passed tells the phase.
  SILENT_BEFORE_HEADERS(
      FailureCode.FIRST_TOKEN_TIMEOUT, (wire, server) -> server.awaitClientGone()),
  SILENT_BEFORE_FIRST_TOKEN(
      FailureCode.FIRST_TOKEN_TIMEOUT,
      (wire, server) -> {
        server.open();
        server.awaitClientGone();
      }),
  COMMENTS_ONLY(
      FailureCode.FIRST_TOKEN_TIMEOUT,
      (wire, server) -> {
        server.open();
        server.write(": still reading\n\n: still reading\n\n");
        server.awaitClientGone();
      }),
  SILENT_MID_STREAM(
      FailureCode.IDLE_TIMEOUT,
      (wire, server) -> {
        half(wire, server);
        server.awaitClientGone();
      }),
  TRICKLE(
      FailureCode.TOTAL_TIMEOUT,
      (wire, server) -> {
        half(wire, server);
        while (!server.clientLeft(30)) server.write(wire.text("."));
      }),

  // Streams that end as if all were well.
  ERROR_IN_BAND(
      FailureCode.OVERLOADED,
      (wire, server) -> {
        half(wire, server);
        server.write(wire.errorEvent("overloaded_error", "secret"));
        server.write(wire.end(End.GOOD) + wire.lastMark());
      }),
  ABORTED(
      FailureCode.TRUNCATED,
      (wire, server) -> {
        half(wire, server);
        server.write(wire.end(End.UNKNOWN) + wire.lastMark());
      }),
  NO_REASON(
      FailureCode.TRUNCATED,
      (wire, server) -> {
        half(wire, server);
        server.write(wire.lastMark());
      }),
  CUT_BY_LENGTH(
      FailureCode.LENGTH_LIMIT,
      (wire, server) -> {
        half(wire, server);
        server.write(wire.end(End.LENGTH) + wire.lastMark());
      }),
  REFUSED(
      FailureCode.REFUSED,
      (wire, server) -> {
        half(wire, server);
        server.write(wire.end(End.REFUSED) + wire.lastMark());
      }),
  NOT_JSON(
      FailureCode.MALFORMED,
      (wire, server) -> {
        half(wire, server);
        server.write(Wire.event("{\"choices\":[{"));
        server.write(wire.text("more") + wire.end(End.GOOD) + wire.lastMark());
      });

  /** Plays a fault on a wire. */
  interface Script {
    void play(Wire wire, WireServer.Exchange server) throws Exception;
  }

  final FailureCode expected;
  private final Script script;

  WireFault(FailureCode expected, Script script) {
    this.expected = expected;
    this.script = script;
  }

  WireServer.Script on(Wire wire) {
    return server -> script.play(wire, server);
  }

  private static Script refuses(int status, String headers, String type) {
    return (wire, server) ->
        server.respond(status, headers, wire.errorBody(status, type, "secret"));
  }

  private static void half(Wire wire, WireServer.Exchange server) throws Exception {
    server.open();
    server.write(wire.start() + wire.text("half"));
  }
}
