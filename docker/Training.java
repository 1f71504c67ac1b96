import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.javalin.Javalin;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

/**
 * Uses the libraries as the roles do when they start, without our own classes and without a broker,
 * so that the JVM can write down what a start needs of them. This changes with the libraries only,
 * and so does the layer of the image that holds it.
 */
public final class Training {
  private static final Map<String, Object> NOBODY =
      Map.of(
          "bootstrap.servers",
          "127.0.0.1:1",
          "group.id",
          "training",
          "default.api.timeout.ms",
          500,
          "request.timeout.ms",
          400,
          "max.block.ms",
          300);

  private Training() {}

  public static void main(String[] arguments) throws Exception {
    LoggerFactory.getLogger(Training.class).info("event=training");
    new CommandLine(
            CommandLine.Model.CommandSpec.create().name("training").mixinStandardHelpOptions(true))
        .parseArgs();
    new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withSources(new PropertiesConfigSource(Map.of("a", "${b:c}"), "training", 1))
        .build()
        .getConfigValue("a");
    new Yaml().load("a: {b: [1, 2]}");
    var json = new ObjectMapper();
    json.readTree(json.writeValueAsBytes(Map.of("text", "answer", "items", List.of(1, 2.5, true))));
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(registry);
    registry.timer("training", "role", "none").record(Duration.ofMillis(1));
    registry.scrape();
    OpenAiStreamingChatModel.builder()
        .baseUrl("http://127.0.0.1:1/v1")
        .apiKey("-")
        .modelName("-")
        .build();
    clients();
    streams();
    edge();
    System.exit(0);
  }

  private static void clients() throws Exception {
    var bytes = new ByteArrayDeserializer();
    try (var admin = Admin.create(NOBODY)) {
      ignoringFailure(() -> admin.describeCluster().clusterId().get());
    }
    try (var producer =
        new KafkaProducer<>(NOBODY, new ByteArraySerializer(), new ByteArraySerializer())) {
      ignoringFailure(() -> producer.partitionsFor("training"));
    }
    try (var consumer = new KafkaConsumer<>(NOBODY, bytes, bytes)) {
      consumer.subscribe(List.of("training"));
      ignoringFailure(() -> consumer.poll(Duration.ofMillis(300)));
    }
    try (var consumer = new KafkaShareConsumer<>(NOBODY, bytes, bytes)) {
      consumer.subscribe(List.of("training"));
      ignoringFailure(() -> consumer.poll(Duration.ofMillis(300)));
    }
  }

  private static void streams() throws Exception {
    var settings = new Properties();
    settings.put("application.id", "training");
    settings.put("bootstrap.servers", NOBODY.get("bootstrap.servers"));
    settings.put("state.dir", Files.createTempDirectory("training").toString());
    settings.put("default.key.serde", Serdes.String().getClass());
    settings.put("default.value.serde", Serdes.String().getClass());
    var builder = new StreamsBuilder();
    builder.<String, String>stream("training").groupByKey().count().toStream().to("trained");
    try (var streams = new KafkaStreams(builder.build(), settings)) {
      streams.start();
      Thread.sleep(1_000);
      streams.close(Duration.ofSeconds(2));
    }
    org.rocksdb.RocksDB.loadLibrary();
  }

  private static void edge() throws Exception {
    var server =
        Javalin.create(
                config -> {
                  config.concurrency.useVirtualThreads = true;
                  config.routes.get("/", request -> request.result("trained"));
                })
            .start("127.0.0.1", 0);
    try (var client = HttpClient.newHttpClient()) {
      client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/")).build(),
          HttpResponse.BodyHandlers.ofString());
    }
    server.stop();
  }

  private interface Action {
    void run() throws Exception;
  }

  private static void ignoringFailure(Action action) {
    try {
      action.run();
    } catch (Exception expected) {
      // There is no broker.
      return;
    }
  }
}
