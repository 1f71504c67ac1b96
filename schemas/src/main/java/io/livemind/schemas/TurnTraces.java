package io.livemind.schemas;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * One trace for each turn, through all stages. Who caused what travels in the header {@code
 * traceparent} of the records (W3C Trace Context); what has no cause in the log, such as a timer,
 * belongs to the turn itself, whose ids ({@link TurnIds}) follow from session and turn: no stage
 * has to remember anything. Spans hold names, numbers and the session's hash, never a text.
 *
 * <p>Threading: any thread.
 */
public final class TurnTraces {
  /** Of records. */
  public static final String HEADER = "traceparent";

  /** Nobody traces: no header is written, and nothing is computed. */
  public static final TurnTraces NONE = new TurnTraces(Optional.empty());

  private final Optional<Tracer> tracer;

  private TurnTraces(Optional<Tracer> tracer) {
    this.tracer = tracer;
  }

  /** Traces that go where the telemetry sends them. */
  public static TurnTraces of(OpenTelemetry telemetry) {
    return new TurnTraces(Optional.of(telemetry.getTracer("io.livemind")));
  }

  /** The whole turn: the span that all others of the turn are below. */
  public Span turn(String session, int turn) {
    if (tracer.isEmpty()) return Span.getInvalid();
    TurnIds ids = TurnIds.of(session, turn);
    try (Scope _ = ids.in(Context.root()).makeCurrent()) {
      return described(tracer.get().spanBuilder("turn").setNoParent().startSpan(), session, turn);
    }
  }

  /** A piece of the turn's work, directly below the turn. */
  public Span below(String name, SpanKind kind, String session, int turn) {
    if (tracer.isEmpty()) return Span.getInvalid();
    return begin(tracer.get(), name, kind, context(TurnIds.of(session, turn)), session, turn);
  }

  /** A piece of work that another span's record caused; without such a header, below the turn. */
  public Span after(String name, SpanKind kind, String session, int turn, Headers received) {
    if (tracer.isEmpty()) return Span.getInvalid();
    SpanContext cause = read(received).orElseGet(() -> context(TurnIds.of(session, turn)));
    return begin(tracer.get(), name, kind, cause, session, turn);
  }

  /** The same where the turn is not known: nothing without such a header. */
  public Span after(String name, SpanKind kind, Headers received) {
    if (tracer.isEmpty()) return Span.getInvalid();
    return read(received)
        .map(cause -> Context.root().with(Span.wrap(cause)))
        .map(parent -> tracer.get().spanBuilder(name).setSpanKind(kind).setParent(parent))
        .map(SpanBuilder::startSpan)
        .orElse(Span.getInvalid());
  }

  /** A part of a span's work. */
  public Span within(Span whole, String name, SpanKind kind) {
    if (tracer.isEmpty() || !whole.getSpanContext().isValid()) return Span.getInvalid();
    return tracer
        .get()
        .spanBuilder(name)
        .setSpanKind(kind)
        .setParent(Context.root().with(whole))
        .startSpan();
  }

  /** Says in a record's headers that the span, or else the turn, is its cause. */
  public void tell(Span span, String session, int turn, Headers headers) {
    if (tracer.isEmpty()) return;
    SpanContext cause = span.getSpanContext();
    write(cause.isValid() ? cause : context(TurnIds.of(session, turn)), headers);
  }

  /** Says in a record's headers that the span is its cause, if it is one. */
  public static void tell(Span span, Headers headers) {
    if (span.getSpanContext().isValid()) write(span.getSpanContext(), headers);
  }

  private static void write(SpanContext cause, Headers headers) {
    String value =
        "00-" + cause.getTraceId() + "-" + cause.getSpanId() + "-" + cause.getTraceFlags().asHex();
    headers.remove(HEADER).add(HEADER, value.getBytes(StandardCharsets.US_ASCII));
  }

  private static Span begin(
      Tracer tracer, String name, SpanKind kind, SpanContext parent, String session, int turn) {
    Context context = Context.root().with(Span.wrap(parent));
    return described(
        tracer.spanBuilder(name).setSpanKind(kind).setParent(context).startSpan(), session, turn);
  }

  private static Span described(Span span, String session, int turn) {
    if (!span.isRecording()) return span;
    return span.setAttribute("livemind.session", TurnIds.sessionHash(session))
        .setAttribute("livemind.turn", turn);
  }

  private static SpanContext context(TurnIds ids) {
    return SpanContext.createFromRemoteParent(
        ids.traceId(), ids.spanId(), TraceFlags.getSampled(), TraceState.getDefault());
  }

  /** Empty for what is no header of ours. */
  private static Optional<SpanContext> read(Headers headers) {
    Header header = headers.lastHeader(HEADER);
    if (header == null || header.value() == null) return Optional.empty();
    String[] parts = new String(header.value(), StandardCharsets.US_ASCII).split("-", -1);
    if (parts.length != 4 || parts[3].length() != 2) return Optional.empty();
    SpanContext context =
        SpanContext.createFromRemoteParent(
            parts[1],
            parts[2],
            parts[3].endsWith("1") ? TraceFlags.getSampled() : TraceFlags.getDefault(),
            TraceState.getDefault());
    return context.isValid() ? Optional.of(context) : Optional.empty();
  }
}
