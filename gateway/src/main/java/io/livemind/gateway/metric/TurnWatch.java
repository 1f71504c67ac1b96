package io.livemind.gateway.metric;

import io.livemind.gateway.answers.AnswerRecord;
import io.livemind.schemas.TurnIds;
import io.livemind.schemas.TurnTraces;
import io.livemind.schemas.avro.Cancelled;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Delta;
import io.livemind.schemas.avro.Failed;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.Inferred;
import io.livemind.schemas.avro.Submit;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * What people feel of the turns that are typed at this gateway: how long they wait from the submit
 * to the first text and to the end, and the trace of the whole turn.
 *
 * <p>Threading: any thread.
 *
 * <p>Bounded: of the sessions that are typed in at once, the newest {@value #LARGEST} are watched.
 */
public final class TurnWatch {
  private static final Logger LOG = LoggerFactory.getLogger(TurnWatch.class);
  private static final int LARGEST = 100_000;

  private final GatewayMeters meters;
  private final TurnTraces traces;
  private final LongSupplier nanoTime;
  private final Map<String, Watched> turns =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Watched> eldest) {
          return size() > LARGEST;
        }
      };

  private static final class Watched {
    private final int turn;
    private final Span whole;
    private boolean submitted;
    private long submittedNanos;
    private boolean spoken;
    private long thoughtMillis;

    private Watched(int turn, Span whole) {
      this.turn = turn;
      this.whole = whole;
    }
  }

  public TurnWatch(GatewayMeters meters, TurnTraces traces, LongSupplier nanoTime) {
    this.meters = meters;
    this.traces = traces;
    this.nanoTime = nanoTime;
  }

  /**
   * A fragment is about to be written.
   *
   * @param headers of its record; get what tells the trace
   * @return to be ended when the log has confirmed it
   */
  public Span sent(String session, Fragment fragment, Headers headers) {
    int turn = fragment.getTurn();
    synchronized (turns) {
      Watched watched = turns.get(session);
      if (watched == null || watched.turn != turn) {
        watched = new Watched(turn, traces.turn(session, turn));
        turns.put(session, watched);
      }
      if (fragment.getContent() instanceof Submit) {
        watched.submitted = true;
        watched.submittedNanos = nanoTime.getAsLong();
      }
    }
    Span span = traces.below("fragment", SpanKind.PRODUCER, session, turn);
    traces.tell(span, session, turn, headers);
    return span;
  }

  /** An event was read from the log. */
  public void read(AnswerRecord answer, Headers headers) {
    int turn = answer.event().getTurn();
    synchronized (turns) {
      Watched watched = turns.get(answer.session());
      if (watched == null || watched.turn != turn) return;
      traces.after("gateway", SpanKind.CONSUMER, headers).end();
      switch (answer.event().getEvent()) {
        case Inferred inferred when !watched.submitted ->
            watched.thoughtMillis += inferred.getUsage().getTotalMillis();
        case Delta _ -> spoken(watched);
        case Completed _ -> ended(answer.session(), watched, "completed");
        case Cancelled _ -> ended(answer.session(), watched, "cancelled");
        case Failed failed -> {
          watched.whole.setStatus(StatusCode.ERROR, failed.getCode());
          ended(answer.session(), watched, failed.getCode());
        }
        default -> {}
      }
    }
  }

  private void spoken(Watched watched) {
    if (watched.spoken || !watched.submitted) return;
    watched.spoken = true;
    meters.time(GatewayMetric.FIRST_TEXT, waitedNanos(watched));
  }

  private void ended(String session, Watched watched, String end) {
    turns.remove(session);
    watched.whole.setAttribute("livemind.end", end).end();
    if (!watched.submitted) return;
    long nanos = waitedNanos(watched);
    if ("completed".equals(end)) {
      spoken(watched);
      meters.time(GatewayMetric.LATENCY_SAVED, watched.thoughtMillis * 1_000_000);
    }
    meters.time(GatewayMetric.RESPONSE, nanos, end);
    log(session, watched.turn, end, nanos);
  }

  private long waitedNanos(Watched watched) {
    return Math.max(0, nanoTime.getAsLong() - watched.submittedNanos);
  }

  private static void log(String session, int turn, String end, long nanos) {
    if (!LOG.isDebugEnabled()) return;
    try (var _ = MDC.putCloseable("session", TurnIds.sessionHash(session));
        var _ = MDC.putCloseable("trace", TurnIds.of(session, turn).traceId())) {
      LOG.debug("event=turn_ended turn={} end={} millis={}", turn, end, nanos / 1_000_000);
    }
  }
}
