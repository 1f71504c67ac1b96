package io.livemind.gateway;

import io.javalin.http.Context;
import io.livemind.gateway.answers.AnswerHub;
import io.livemind.gateway.answers.AnswerRecord;
import io.livemind.gateway.answers.Subscription;
import io.livemind.gateway.fragments.JsonFields;
import io.livemind.gateway.handle.Handle;
import io.livemind.gateway.handle.Owner;
import io.livemind.gateway.openai.ChatFailure;
import io.livemind.gateway.openai.ChatJson;
import io.livemind.gateway.openai.ChatRequest;
import io.livemind.gateway.problem.Problem;
import io.livemind.gateway.problem.ProblemCode;
import io.livemind.schemas.AnswerFold;
import io.livemind.schemas.AnswerFold.Change;
import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.Rejected;
import io.livemind.schemas.avro.SessionOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

/**
 * {@code POST /v1/chat/completions}: one turn of a session that lives as long as the request.
 *
 * <p>Threading: the request's own virtual thread waits and writes.
 *
 * <p>Waiting: {@link Limits#chatDeadline()} for the whole answer, then the turn has failed; less
 * when the gateway stops, see {@link GatewayApp#close}. When the client goes, the turn is cancelled
 * at the next sign of life, 5 s at most.
 */
final class ChatCompletions {
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);

  private final Sessions sessions;
  private final Doorkeeper doorkeeper;
  private final AnswerHub hub;
  private final Limits limits;

  ChatCompletions(Sessions sessions, Doorkeeper doorkeeper, AnswerHub hub, Limits limits) {
    this.sessions = sessions;
    this.doorkeeper = doorkeeper;
    this.hub = hub;
    this.limits = limits;
  }

  /** {@code GET /v1/models}. */
  void models(Context request) {
    var unused = doorkeeper.owner(request);
    request.contentType("application/json").result(ChatJson.models(sessions.models().keySet()));
  }

  /** Answers a request. */
  void complete(Context request) {
    Owner owner = doorkeeper.owner(request);
    JsonFields body = Requests.body(request, limits);
    ChatRequest chat = ChatRequest.read(body, limits.messageBytes());
    var options = SessionOptions.newBuilder(sessions.model(chat.model()));
    chat.system().ifPresent(options::setSystem);
    Handle handle = sessions.draw(owner);
    Subscription subscription = hub.subscribeToTheEnd(handle);
    try {
      if (subscription.hasEnded()) throw stopping();
      sessions.submit(handle, options.build(), chat.wholePrompt());
      answer(request, chat, subscription);
    } catch (IOException e) {
      // The client is gone, and its session with it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      var unused = sessions.deleteLater(handle);
      hub.leave(subscription);
    }
  }

  private void answer(Context request, ChatRequest chat, Subscription subscription)
      throws IOException, InterruptedException {
    var json =
        new ChatJson(
            "chatcmpl-" + UUID.randomUUID(), System.currentTimeMillis() / 1_000, chat.model());
    ChatReply reply =
        chat.stream()
            ? new ChatReply.Streamed(request, json, chat.usageInStream())
            : new ChatReply.Whole(request, json, new ClientPresence(request.req()));
    var fold = new AnswerFold();
    long deadline = System.nanoTime() + limits.chatDeadline().toNanos();
    while (System.nanoTime() < deadline) {
      Subscription.Batch batch = subscription.take(SIGN_OF_LIFE);
      if (batch.records().isEmpty()) reply.keepAlive();
      for (AnswerRecord answer : batch.records()) {
        if (answer.event().getEvent() instanceof Rejected rejected) {
          reply.failed(ChatFailure.of(rejected.getCode()));
          return;
        }
        Change change = fold.apply(answer.event());
        if (reply.took(change, fold.text())) return;
      }
      if (batch.ended()) {
        reply.failed(ChatFailure.cutOff());
        return;
      }
    }
    reply.failed(ChatFailure.of(FailureCode.TURN_DEADLINE));
  }

  private static Problem stopping() {
    return Problem.of(ProblemCode.UNAVAILABLE, "This gateway stops: send the request again.");
  }
}
