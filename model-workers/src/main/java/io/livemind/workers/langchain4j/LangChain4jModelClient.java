package io.livemind.workers.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.livemind.schemas.RequestHeaders;
import io.livemind.schemas.avro.Message;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.model.ModelCall;
import io.livemind.workers.model.ModelClient;
import io.livemind.workers.model.ModelRequest;
import io.livemind.workers.model.ModelSink;
import java.net.http.HttpClient;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Calls one replica through LangChain4j. Connections are reused between calls; there are as many as
 * calls run at a time.
 *
 * <p>Threading: any thread; a virtual thread a call.
 */
public final class LangChain4jModelClient implements ModelClient {
  private final ReplicaConfig replica;
  private final Provider provider;
  private final StreamingChatModel model;
  private final CallWatch watch = new CallWatch();
  private final ExecutorService transportTasks = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient transport;

  /** A client of the replica; opens no connection yet. */
  public LangChain4jModelClient(ReplicaConfig replica) {
    this.replica = replica;
    this.provider = Provider.of(replica.provider());
    // HTTP/1.1: an upgrade request makes some model servers drop the body, and others hang.
    this.transport =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(replica.timeouts().connect())
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(transportTasks)
            .build();
    this.model = provider.model(replica, new StreamingHttpClient.Builder(transport));
  }

  @Override
  public ModelCall start(ModelRequest request, ModelSink sink) {
    var stream =
        new ModelStream(
            provider,
            headers(request),
            replica.timeouts(),
            watch,
            handler -> model.chat(chatRequest(request), handler),
            sink);
    Thread.ofVirtual().name("model-call").start(stream);
    return stream;
  }

  @Override
  public void close() {
    transport.shutdownNow();
    transportTasks.shutdownNow();
    watch.close();
  }

  private ChatRequest chatRequest(ModelRequest request) {
    var messages = request.messages().stream().map(LangChain4jModelClient::translated).toList();
    Optional<Integer> limit =
        Stream.of(request.maximumTokens(), replica.limits().maximumTokens())
            .flatMap(Optional::stream)
            .min(Integer::compare);
    return ChatRequest.builder()
        .messages(messages)
        .parameters(provider.parameters(request, limit, replica))
        .build();
  }

  private static ChatMessage translated(Message message) {
    return switch (message.getRole()) {
      case SYSTEM -> SystemMessage.from(message.getContent());
      case USER -> UserMessage.from(message.getContent());
      case ASSISTANT -> AiMessage.from(message.getContent());
    };
  }

  private Map<String, String> headers(ModelRequest request) {
    if (!replica.sendSessionHeaders()) return Map.of();
    return Map.of(
        RequestHeaders.SESSION, request.session(),
        RequestHeaders.TURN, Integer.toString(request.turn()),
        RequestHeaders.STEP, Integer.toString(request.step()),
        RequestHeaders.KIND, request.kind().name().toLowerCase(Locale.ROOT));
  }
}
