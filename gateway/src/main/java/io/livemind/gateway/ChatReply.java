package io.livemind.gateway;

import io.javalin.http.Context;
import io.livemind.gateway.openai.ChatFailure;
import io.livemind.gateway.openai.ChatJson;
import io.livemind.gateway.openai.StreamedText;
import io.livemind.schemas.AnswerFold.Change;
import io.livemind.schemas.AnswerFold.Complete;
import io.livemind.schemas.AnswerFold.End;
import io.livemind.schemas.AnswerFold.Ended;
import io.livemind.schemas.AnswerFold.Failure;
import io.livemind.schemas.AnswerFold.Interrupted;
import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.ModelUsage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * How an answer reaches a client of the chat interface: whole or streamed. A complete reply is on
 * its way to the client, and nothing of it is left to a server that may stop.
 *
 * <p>Threading: one thread at a time.
 */
sealed interface ChatReply {

  /** What an existing client calls an answer that ended by itself. */
  String STOP = "stop";

  /** An answer that reached the limit of its length. */
  String LENGTH = "length";

  /** Takes a change of the answer; tells whether the reply is complete. */
  boolean took(Change change, String shown) throws IOException;

  /** The turn came to nothing. */
  void failed(ChatFailure failure) throws IOException;

  /** Nothing happened for a while. Fails if the client is gone, as {@link #took} does. */
  void keepAlive() throws IOException;

  private static void send(Context request, int status, String body) throws IOException {
    request.status(status).contentType("application/json");
    // Not the request's own stream: closing that one leaves the end of the response to the server.
    try (var out = request.res().getOutputStream()) {
      out.write(body.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static ModelUsage unknownUsage() {
    return ModelUsage.newBuilder().build();
  }

  private static boolean isLengthLimit(Failure failure) {
    return failure.event().getCode().equals(FailureCode.LENGTH_LIMIT.code());
  }

  /** One JSON object at the end. */
  record Whole(Context request, ChatJson json, ClientPresence client) implements ChatReply {
    @Override
    public boolean took(Change change, String shown) throws IOException {
      if (!(change instanceof Ended(End end, boolean _))) {
        client.check();
        return false;
      }
      switch (end) {
        case Complete complete ->
            send(request, 200, json.whole(shown, STOP, complete.event().getUsage()));
        case Failure failure when isLengthLimit(failure) && !shown.isEmpty() ->
            send(request, 200, json.whole(shown, LENGTH, unknownUsage()));
        case Failure failure -> failed(ChatFailure.of(failure.event().getCode()));
        case Interrupted _ -> failed(ChatFailure.of(FailureCode.CANCELLED));
      }
      return true;
    }

    @Override
    public void failed(ChatFailure failure) throws IOException {
      send(request, failure.status(), failure.json());
    }

    @Override
    public void keepAlive() throws IOException {
      client.check();
    }
  }

  /** Server-sent events; the response begins with the first text, so that errors keep a status. */
  final class Streamed implements ChatReply {
    private final Context request;
    private final ChatJson json;
    private final boolean withUsage;
    private final StreamedText text = new StreamedText();
    private boolean begun;

    Streamed(Context request, ChatJson json, boolean withUsage) {
      this.request = request;
      this.json = json;
      this.withUsage = withUsage;
    }

    @Override
    public boolean took(Change change, String shown) throws IOException {
      boolean failed =
          change instanceof Ended(Failure failure, boolean _) && !isLengthLimit(failure);
      String piece = failed ? "" : text.after(change, shown);
      if (!piece.isEmpty()) event(json.piece(piece));
      if (!(change instanceof Ended(End end, boolean _))) {
        if (!piece.isEmpty()) request.res().flushBuffer();
        return false;
      }
      switch (end) {
        case Complete complete when text.matches(shown) ->
            finish(STOP, complete.event().getUsage());
        case Failure failure when isLengthLimit(failure) && text.matches(shown) ->
            finish(LENGTH, unknownUsage());
        case Failure failure -> failed(ChatFailure.of(failure.event().getCode()));
        // What was streamed is of a worker that was lost, and another one answered otherwise.
        case Complete _ -> failed(ChatFailure.cutOff());
        case Interrupted _ -> failed(ChatFailure.of(FailureCode.CANCELLED));
      }
      return true;
    }

    @Override
    public void failed(ChatFailure failure) throws IOException {
      if (begun) {
        end("data: " + failure.json() + "\n\n");
      } else {
        send(request, failure.status(), failure.json());
      }
    }

    @Override
    public void keepAlive() throws IOException {
      begin();
      print(": alive\n\n");
      request.res().flushBuffer();
    }

    private void finish(String reason, ModelUsage usage) throws IOException {
      event(json.last(reason));
      if (withUsage) event(json.usageChunk(usage));
      end("data: [DONE]\n\n");
    }

    private void end(String lastFrame) throws IOException {
      print(lastFrame);
      request.res().getOutputStream().close();
    }

    private void event(String chunk) throws IOException {
      begin();
      print("data: " + chunk + "\n\n");
    }

    private void begin() throws IOException {
      if (begun) return;
      begun = true;
      request.res().setStatus(200);
      request.res().setContentType("text/event-stream;charset=utf-8");
      request.res().setHeader("Cache-Control", "no-store");
      print("data: " + json.first() + "\n\n");
    }

    private void print(String frame) throws IOException {
      request.res().getOutputStream().write(frame.getBytes(StandardCharsets.UTF_8));
    }
  }
}
