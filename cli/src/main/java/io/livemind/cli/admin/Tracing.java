package io.livemind.cli.admin;

import io.livemind.cli.config.TracingSettings;
import io.livemind.schemas.TurnIds;
import io.livemind.schemas.TurnTraces;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.util.Optional;

/**
 * Sends the traces of turns to a collector (OTLP over HTTP), where one is configured.
 *
 * <p>Threading: any thread.
 *
 * <p>Bounded: what the collector does not take within the exporter's queue of 2,048 spans is
 * dropped; nothing waits for it.
 */
public final class Tracing implements AutoCloseable {
  private final Optional<OpenTelemetrySdk> sdk;

  private Tracing(Optional<OpenTelemetrySdk> sdk) {
    this.sdk = sdk;
  }

  /** As configured, for a role. */
  public static Tracing of(TracingSettings settings, String role) {
    return new Tracing(
        settings
            .endpoint()
            .map(Tracing::exporter)
            .map(processor -> telemetry(processor, settings.ratio(), role)));
  }

  /**
   * Spans that go to a processor.
   *
   * @param ratio of the turns that are traced; every role decides the same of a turn
   */
  public static OpenTelemetrySdk telemetry(SpanProcessor processor, double ratio, String role) {
    var resource =
        Resource.getDefault()
            .merge(
                Resource.create(
                    Attributes.builder().put("service.name", "livemind-" + role).build()));
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .setIdGenerator(new TurnIdGenerator())
                .setSampler(Sampler.traceIdRatioBased(ratio))
                .setResource(resource)
                .addSpanProcessor(processor)
                .build())
        .build();
  }

  /** Where the roles' spans go. */
  public TurnTraces traces() {
    return sdk.map(TurnTraces::of).orElse(TurnTraces.NONE);
  }

  @Override
  public void close() {
    sdk.ifPresent(OpenTelemetrySdk::close);
  }

  private static SpanProcessor exporter(URI endpoint) {
    String traces = endpoint.toString().replaceFirst("/*$", "") + "/v1/traces";
    return BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder().setEndpoint(traces).build())
        .build();
  }

  /** A turn has ids of its own, everything else random ones. */
  private static final class TurnIdGenerator implements IdGenerator {
    private static final IdGenerator RANDOM = IdGenerator.random();

    @Override
    public String generateSpanId() {
      return TurnIds.current().map(TurnIds::spanId).orElseGet(RANDOM::generateSpanId);
    }

    @Override
    public String generateTraceId() {
      return TurnIds.current().map(TurnIds::traceId).orElseGet(RANDOM::generateTraceId);
    }
  }
}
