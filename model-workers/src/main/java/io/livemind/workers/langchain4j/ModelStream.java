package io.livemind.workers.langchain4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.livemind.schemas.FailureCode;
import io.livemind.workers.Timeouts;
import io.livemind.workers.langchain4j.CallDeadlines.Expiry;
import io.livemind.workers.model.EarlyEnd;
import io.livemind.workers.model.ModelCall;
import io.livemind.workers.model.ModelOutcome;
import io.livemind.workers.model.ModelOutcome.Cancelled;
import io.livemind.workers.model.ModelOutcome.Failed;
import io.livemind.workers.model.ModelSink;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call, on one virtual thread from the building of the request to the end of the body.
 *
 * <p>Threading: everything runs on that thread, the sink included; {@link #cancel} and the limits
 * come from others and only interrupt it ({@link EarlyEnd}). The first end wins.
 */
final class ModelStream implements ModelCall, Runnable {
  /** The stream whose thread this is: how the HTTP client finds it below LangChain4j. */
  private static final ScopedValue<ModelStream> CURRENT = ScopedValue.newInstance();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LAST_EVENT = "[DONE]";

  /** Why a call ends before its stream does. */
  private sealed interface Stop {
    record Cancelling() implements Stop {}

    record Expired(Expiry expiry) implements Stop {}
  }

  private final Provider provider;
  private final Map<String, String> headers;
  private final Timeouts timeouts;
  private final CallWatch watch;
  private final Consumer<StreamingChatResponseHandler> chat;
  private final ModelSink sink;

  private final EarlyEnd<Stop> early = new EarlyEnd<>();
  private final StreamFacts facts = new StreamFacts();
  private final StringBuilder text = new StringBuilder();
  private boolean streaming;
  private @Nullable CallDeadlines deadlines;
  private CallWatch.@Nullable Watched watched;

  /**
   * A call that has not started.
   *
   * @param headers sent with the request beside those of LangChain4j
   * @param chat hands the request to LangChain4j, which calls the HTTP client on the same thread
   */
  ModelStream(
      Provider provider,
      Map<String, String> headers,
      Timeouts timeouts,
      CallWatch watch,
      Consumer<StreamingChatResponseHandler> chat,
      ModelSink sink) {
    this.provider = provider;
    this.headers = headers;
    this.timeouts = timeouts;
    this.watch = watch;
    this.chat = chat;
    this.sink = sink;
  }

  /** The stream of the calling thread. */
  static ModelStream current() {
    return CURRENT.get();
  }

  @Override
  public void cancel() {
    early.request(new Stop.Cancelling());
  }

  @Override
  public void run() {
    early.begin();
    deadlines = new CallDeadlines(timeouts, System.nanoTime());
    try (var armed = watch.watch(deadlines, expiry -> early.request(new Stop.Expired(expiry)))) {
      watched = armed;
      ScopedValue.where(CURRENT, this).run(() -> chat.accept(new TextOnly()));
    } catch (RuntimeException | Error broken) {
      fail(FailureCode.BAD_REQUEST, "no request: " + broken.getClass().getSimpleName());
    }
    sink.end(end(early.seal()));
  }

  private ModelOutcome end(Optional<Stop> stop) {
    if (stop.isEmpty()) return facts.verdict(text.toString());
    return switch (stop.get()) {
      case Stop.Cancelling _ -> new Cancelled(facts.tokens());
      case Stop.Expired(Expiry.Drained _) -> facts.verdict(text.toString());
      case Stop.Expired(Expiry.TimedOut(FailureCode code, String reason)) ->
          new Failed(code, reason, Optional.empty(), facts.tokens());
    };
  }

  // What the HTTP client tells.

  /** Headers of this call. */
  Map<String, String> headers() {
    return headers;
  }

  /** Whether there is nothing more to be read: the call failed, or somebody ended it. */
  boolean isOver() {
    return facts.hasFailed() || early.reason().isPresent();
  }

  /** The response's headers have come. */
  void opened() {
    if (deadlines != null) deadlines.headers(System.nanoTime());
    rearm();
  }

  /** The response is no stream: the text that it holds instead is read for a short while only. */
  void noStream() {
    if (deadlines != null) deadlines.finished(System.nanoTime());
    rearm();
  }

  /** The response was no stream but this; it counts too where the wait for its text was ended. */
  void refused(Failed failure) {
    facts.fail(failure);
  }

  /** Looks at an event before LangChain4j does. */
  void event(EventStream.Event event) {
    if (event.data().trim().equals(LAST_EVENT)) {
      facts.done();
    } else {
      look(event);
    }
    if (deadlines == null) return;
    if (facts.takeToken()) {
      deadlines.token(System.nanoTime());
      if (!streaming) rearm();
      streaming = true;
    }
    if (facts.takeFinish()) {
      deadlines.finished(System.nanoTime());
      rearm();
    }
    if (facts.isDone()) {
      deadlines.done(System.nanoTime());
      rearm();
    }
  }

  private void look(EventStream.Event event) {
    try {
      JsonNode data = JSON.readTree(event.data());
      JsonNode error = data.path("error");
      if (error.isObject() || error.isTextual()) {
        fail(BackendError.of(error, 0).failed(facts.tokens()));
      } else if ("error".equals(event.name())) {
        fail(BackendError.of(data, 0).failed(facts.tokens()));
      } else if (data.isObject()) {
        provider.read(event.name(), data, facts);
      } else {
        fail(FailureCode.MALFORMED, "an event that is no object");
      }
    } catch (JsonProcessingException unreadable) {
      fail(FailureCode.MALFORMED, "an event that is not JSON");
    }
  }

  /** The call has failed; the first failure counts. After an early end it is only its echo. */
  void fail(Failed failure) {
    if (early.reason().isEmpty()) facts.fail(failure);
  }

  void fail(FailureCode code, String reason) {
    fail(Failed.of(code, reason));
  }

  /** The limit may be nearer than before. Not needed at each token: those only move it away. */
  private void rearm() {
    if (watched != null) watched.arm();
  }

  /** Takes the text from LangChain4j; of its terminal callbacks only errors are heard. */
  private final class TextOnly implements StreamingChatResponseHandler {
    @Override
    public void onPartialResponse(String delta) {
      if (isOver()) return;
      text.append(delta);
      sink.text(delta);
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      // Comes for broken streams too: the facts decide.
    }

    @Override
    public void onError(Throwable error) {
      fail(FailureCode.MALFORMED, "LangChain4j: " + error.getClass().getSimpleName());
    }
  }
}
