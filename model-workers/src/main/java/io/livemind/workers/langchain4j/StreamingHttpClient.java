package io.livemind.workers.langchain4j;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.CancellationUnsupportedHandle;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.livemind.schemas.FailureCode;
import io.livemind.workers.model.ModelOutcome.Failed;
import io.livemind.workers.model.TokenCounts;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * The exchange of one call, for LangChain4j: blocking, on the calling thread, which is the virtual
 * thread of a {@link ModelStream}. An interrupt of that thread ends it at any moment, before the
 * headers too, and closes the connection.
 *
 * <p>Against the interface's habit this client returns when the stream has ended, and it reads the
 * events itself: LangChain4j's parser swallows errors and has no bounds. Every event is shown to
 * the {@link ModelStream} first.
 *
 * <p>Threading: immutable; calls do not wait for each other. Backpressure: a sink that blocks stops
 * the reading of its stream.
 */
final class StreamingHttpClient implements HttpClient {
  /** Bytes of an error's text that are read; more is not worth waiting for. */
  private static final int ERROR_BODY = 64 << 10;

  private static final ServerSentEventContext NO_HANDLE =
      new ServerSentEventContext(new CancellationUnsupportedHandle());

  private final java.net.http.HttpClient transport;

  StreamingHttpClient(java.net.http.HttpClient transport) {
    this.transport = transport;
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    throw new UnsupportedOperationException("workers only stream");
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser unused, ServerSentEventListener listener) {
    ModelStream stream = ModelStream.current();
    if (stream.isOver()) return;
    try {
      exchange(stream, request, listener);
    } catch (InterruptedException interrupted) {
      // Who interrupts this thread has given EarlyEnd a reason, and that one counts.
      stream.fail(FailureCode.DISCONNECTED, "interrupted");
    } catch (HttpConnectTimeoutException late) {
      stream.fail(FailureCode.CONNECT_TIMEOUT, "no connection within the limit");
    } catch (ConnectException | NoRouteToHostException | SSLException unreachable) {
      stream.fail(FailureCode.UNREACHABLE, unreachable.getClass().getSimpleName());
    } catch (EventStream.TooLargeException tooLarge) {
      stream.fail(FailureCode.MALFORMED, String.valueOf(tooLarge.getMessage()));
    } catch (IOException broken) {
      stream.fail(FailureCode.DISCONNECTED, broken.getClass().getSimpleName());
    }
  }

  private void exchange(ModelStream stream, HttpRequest request, ServerSentEventListener listener)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        transport.send(translated(request, stream), BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() / 100 != 2) {
        stream.noStream();
        stream.refused(refusal(response, body).failed(TokenCounts.UNKNOWN));
        return;
      }
      String type = response.headers().firstValue("content-type").orElse("");
      if (isDocument(type)) {
        readDocument(stream, body);
        return;
      }
      stream.opened();
      listener.onOpen(
          SuccessfulHttpResponse.builder()
              .statusCode(response.statusCode())
              .headers(response.headers().map())
              .build());
      readEvents(stream, new EventStream(body), listener);
    }
  }

  private static void readEvents(
      ModelStream stream, EventStream events, ServerSentEventListener listener) throws IOException {
    for (var event = events.next(); event != null; event = events.next()) {
      stream.event(event);
      if (stream.isOver()) return;
      try {
        listener.onEvent(new ServerSentEvent(event.name(), event.data()), NO_HANDLE);
      } catch (RuntimeException unreadable) {
        stream.fail(FailureCode.MALFORMED, "LangChain4j: " + unreadable.getClass().getSimpleName());
      }
      if (stream.isOver()) return;
    }
  }

  /** A page or a JSON document in place of a stream; other types may still hold events. */
  private static boolean isDocument(String contentType) {
    String type = contentType.toLowerCase(Locale.ROOT);
    return type.startsWith("text/html") || type.startsWith("application/json");
  }

  private static void readDocument(ModelStream stream, InputStream body) {
    stream.noStream();
    String text = text(body);
    stream.refused(
        text.contains("\"error\"")
            ? BackendError.ofResponse(0, text, Optional.empty()).failed(TokenCounts.UNKNOWN)
            : Failed.of(FailureCode.MALFORMED, "a document in place of a stream"));
  }

  private static BackendError refusal(HttpResponse<InputStream> response, InputStream body) {
    return BackendError.ofResponse(
        response.statusCode(), text(body), RetryAfter.of(response.headers(), Instant.now()));
  }

  /** What comes of the text: status and headers are known and count, however it ends. */
  private static String text(InputStream body) {
    byte[] bytes = new byte[ERROR_BODY];
    int length = 0;
    try {
      for (int read = 0; read >= 0 && length < ERROR_BODY; length += Math.max(0, read)) {
        read = body.read(bytes, length, ERROR_BODY - length);
      }
    } catch (IOException brokenOffOrTooLate) {
      // The rest is as if it were not there.
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static java.net.http.HttpRequest translated(HttpRequest request, ModelStream stream) {
    // No HttpRequest.timeout: it ends at the headers on some JDKs and cuts long replies on others.
    var builder = java.net.http.HttpRequest.newBuilder(URI.create(request.url()));
    request
        .headers()
        .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
    builder.header("Accept", "text/event-stream");
    stream.headers().forEach(builder::header);
    return builder.method(request.method().name(), BodyPublishers.ofString(request.body())).build();
  }

  /** Hands one transport to LangChain4j; its own timeouts have no say here. */
  record Builder(java.net.http.HttpClient transport) implements HttpClientBuilder {
    @Override
    public Duration connectTimeout() {
      return Duration.ZERO;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration ignored) {
      return this;
    }

    @Override
    public Duration readTimeout() {
      return Duration.ZERO;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration ignored) {
      return this;
    }

    @Override
    public HttpClient build() {
      return new StreamingHttpClient(transport);
    }
  }
}
