package io.livemind.simulator;

import io.livemind.simulator.Fault.Effect;
import io.livemind.simulator.Fault.Point;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One call from its arrival to its end: reads it, finds its model, its reply and its fault, waits
 * for a place, and sends. The same for every API.
 *
 * <p>Threading: any thread; each call runs on the thread of its connection.
 */
final class ModelCalls {
  /** Tokens after which a reply that never stops does stop: an hour of a person's reading. */
  private static final int ENDLESS_TOKENS = 100_000;

  private static final String UNFORMATTED =
      "[simulated] Certainly! Here is what I think about it, in no form that anybody asked for.";
  private static final String OTHER_LANGUAGE = "[simulated] 好的。这个回答使用了另一种语言，与提示所用的语言不同。";

  private final Map<String, Engine> engines;
  private final Responders responders;
  private final FaultPlan plan;
  private final ServedLog log;
  private final SimulatorMeters meters;
  private final AtomicLong calls = new AtomicLong();

  ModelCalls(
      Map<String, Engine> engines,
      Responders responders,
      FaultPlan plan,
      ServedLog log,
      SimulatorMeters meters) {
    this.engines = engines;
    this.responders = responders;
    this.plan = plan;
    this.log = log;
    this.meters = meters;
  }

  /**
   * Answers one request.
   *
   * @param wire the API that it came by
   * @return whether the connection can be used for the next one
   */
  boolean respond(WireProfile wire, HttpRequest request, ClientLink link) throws IOException {
    ChatCall call;
    try {
      call = wire.read(calls.getAndIncrement(), request);
    } catch (RefusedException refused) {
      link.write(wire.error(refused.error()).bytes());
      return true;
    }
    var trace = new CallTrace(call, log);
    try {
      return serve(call, trace, link);
    } catch (RefusedException refused) {
      return respondInstead(wire.error(refused.error()), trace, link);
    } finally {
      trace.cut(link.gone());
      trace.served().ifPresent(meters::ended);
    }
  }

  private boolean serve(ChatCall call, CallTrace trace, ClientLink link)
      throws IOException, RefusedException {
    Engine engine = engines.get(call.model());
    if (engine == null) throw new RefusedException(ApiError.modelNotFound(call.model()));
    Optional<Fault> put = call.fault().or(() -> plan.drawn(call.number()));
    trace.fault(put);
    if (put.isPresent() && put.get().point() == Point.INSTEAD)
      return respondInstead(response(put.get(), call), trace, link);
    Reply planned = responders.reply(call);
    Optional<Fault> fault = put.or(planned::fault);
    trace.fault(fault);
    if (fault.isPresent() && fault.get().point() == Point.INSTEAD)
      return respondInstead(response(fault.get(), call), trace, link);
    return switch (engine.enter(call, link)) {
      case QUEUE_FULL -> throw new RefusedException(ApiError.queueFull());
      case CLIENT_GONE -> false;
      case STARTED_AT_ONCE -> run(call, altered(planned, fault), fault, engine, trace, link, false);
      case STARTED_AFTER_WAIT ->
          run(call, altered(planned, fault), fault, engine, trace, link, true);
    };
  }

  private boolean run(
      ChatCall call,
      Reply reply,
      Optional<Fault> fault,
      Engine engine,
      CallTrace trace,
      ClientLink link,
      boolean queued)
      throws IOException {
    try {
      int limit = call.maxTokens().orElse(Integer.MAX_VALUE);
      boolean cut = reply.limited() && limit < reply.completionTokens();
      boolean endless = fault.map(it -> it.effect() == Effect.ENDLESS).orElse(false);
      Reply sent = cut && !endless ? reply.cutTo(limit) : reply;
      Engine.Run run = engine.start(call, sent);
      trace.admitted(run.usage());
      Finish why = cut || endless ? Finish.LENGTH : Finish.STOP;
      return new ReplySender(
              call, sent, why, fault, plan, run, trace, link, trace.startNanos(queued))
          .send();
    } finally {
      engine.leave();
    }
  }

  /** Some faults are a matter of what the model says. */
  private static Reply altered(Reply reply, Optional<Fault> fault) {
    if (fault.isEmpty()) return reply;
    return switch (fault.get()) {
      case NEVER_STOPS -> {
        int times = Math.max(1, ENDLESS_TOKENS / reply.completionTokens());
        yield reply.replacedBy(
            (reply.text() + "\n").repeat(times), times * reply.completionTokens());
      }
      case IGNORES_FORMAT -> replaced(reply, UNFORMATTED);
      case OTHER_LANGUAGE -> replaced(reply, OTHER_LANGUAGE);
      default -> reply;
    };
  }

  private static Reply replaced(Reply reply, String text) {
    return reply.replacedBy(text, ApproximateTokens.completionTokens(text));
  }

  private HttpResponse response(Fault instead, ChatCall call) {
    return FaultResponses.of(instead, call.wire(), plan, Instant.now());
  }

  private static boolean respondInstead(HttpResponse response, CallTrace trace, ClientLink link)
      throws IOException {
    trace.responded(response.status());
    trace.cut(false);
    link.write(response.bytes());
    return true;
  }
}
