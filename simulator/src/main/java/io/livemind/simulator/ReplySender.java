package io.livemind.simulator;

import io.livemind.simulator.Fault.Effect;
import io.livemind.simulator.Fault.Point;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Sends one reply in the engine's time, streamed or whole, with the fault that was put on it.
 *
 * <p>Threading: the thread that responds; it waits for each token's time and returns early when the
 * client leaves.
 */
final class ReplySender {
  private static final String EVENT_STREAM = "text/event-stream; charset=utf-8";
  private static final String PLAIN_TEXT = "text/plain; charset=utf-8";
  private static final long COMMENT_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final ChatCall call;
  private final Reply reply;
  private final Finish finish;
  private final Optional<Fault> fault;
  private final FaultPlan plan;
  private final Engine.Run run;
  private final CallTrace trace;
  private final ClientLink link;
  private final EventWriter writer;
  private final long startNanos;
  private boolean faultPending;

  /**
   * @param startNanos {@link System#nanoTime} from which the engine's times count
   * @param finish why the reply ends, if no fault takes it away
   */
  ReplySender(
      ChatCall call,
      Reply reply,
      Finish finish,
      Optional<Fault> fault,
      FaultPlan plan,
      Engine.Run run,
      CallTrace trace,
      ClientLink link,
      long startNanos) {
    this.call = call;
    this.reply = reply;
    this.finish = finish;
    this.fault = fault;
    this.plan = plan;
    this.run = run;
    this.trace = trace;
    this.link = link;
    this.startNanos = startNanos;
    this.writer =
        new EventWriter(
            link, call.wire().events(call, trace.createdEpochSeconds(), run.usage()), slicing());
    this.faultPending = is(Point.MID_STREAM);
  }

  /**
   * Sends it.
   *
   * @return whether the connection can be used for the next request
   * @throws IOException if the client is gone
   */
  boolean send() throws IOException {
    if (is(Point.BEFORE_HEADERS)) return endConnection();
    return call.stream() ? stream() : whole();
  }

  private boolean stream() throws IOException {
    trace.responded(200);
    writer.head(is(Effect.CONTENT_TYPE) ? PLAIN_TEXT : EVENT_STREAM);
    var text = new TokenText(reply.text(), reply.completionTokens());
    for (var next = run.next(); next.isPresent(); next = run.next()) {
      ReplySchedule.Emission emission = next.get();
      if (!link.pauseUntil(startNanos + emission.dueNanos())) return clientGone();
      if (emission.fromToken() == 0) {
        if (is(Point.BEFORE_FIRST_TOKEN)) return endConnection();
        run.prefilled();
        writer.open();
      }
      int from = emission.fromToken();
      if (faultPending && emission.toToken() >= halfOfTokens()) {
        content(text.end(from), text.end(halfOfTokens()));
        writer.flush();
        trace.sent(halfOfTokens());
        if (!goesOnAfterFault()) return false;
        from = halfOfTokens();
      }
      content(text.end(from), text.end(emission.toToken()));
      if (emission.toToken() == reply.completionTokens()) break;
      writer.flush();
      trace.sent(emission.toToken());
    }
    return finish();
  }

  private void content(int from, int to) {
    if (is(Effect.ODD_TOKENS)) OddTokens.write(writer, reply.text(), from, to);
    else if (from < to) writer.content(reply.text(), from, to);
  }

  private int halfOfTokens() {
    return Math.max(1, reply.completionTokens() / 2);
  }

  /** The last tokens, the reason, the usage and the end mark in one write. */
  private boolean finish() throws IOException {
    if (link.gone()) return clientGone();
    writer.finish(finish);
    if (is(Point.AT_END) && (is(Effect.RESET) || is(Effect.CLOSE))) {
      writer.flush();
      trace.sent(reply.completionTokens());
      return endConnection();
    }
    if (!is(Effect.NO_DONE)) writer.done();
    boolean silent = is(Effect.SILENCE);
    delivered(
        () -> {
          if (silent) writer.flush();
          else writer.end();
        });
    return silent ? endConnection() : true;
  }

  /** The fault in the middle of the stream; false if the stream ends with it. */
  private boolean goesOnAfterFault() throws IOException {
    faultPending = false;
    switch (effect()) {
      case MALFORMED -> {
        writer.malformed();
        writer.flush();
        return true;
      }
      case ERROR_EVENT -> {
        writer.error(ApiError.inBand());
        writer.done();
      }
      case ABORT -> {
        writer.finish(Finish.ABORT);
        writer.done();
      }
      case REFUSE -> {
        writer.finish(Finish.REFUSED);
        writer.done();
      }
      case NO_REASON -> writer.done();
      case CLEAN_END -> {}
      default -> {
        return endConnection();
      }
    }
    trace.cut(false);
    writer.end();
    return false;
  }

  private boolean whole() throws IOException {
    var body = new WholeReply(call, reply.text(), trace.createdEpochSeconds(), run.usage());
    long lastDueNanos = 0;
    for (var next = run.next(); next.isPresent(); next = run.next())
      lastDueNanos = next.get().dueNanos();
    if (!link.pauseUntil(startNanos + lastDueNanos)) return clientGone();
    trace.responded(200);
    if (is(Point.BEFORE_FIRST_TOKEN) || is(Point.MID_STREAM) || is(Point.AT_END)) {
      HttpResponse faulty = body.faulty(effect(), finish);
      byte[] bytes = faulty.bytes();
      boolean breaks = body.breaksConnection(effect());
      trace.cut(false);
      link.write(bytes, 0, breaks ? bytes.length - faulty.body().length / 2 : bytes.length);
      return breaks ? endConnection() : true;
    }
    byte[] bytes = body.response(finish).bytes();
    delivered(() -> link.write(bytes));
    return true;
  }

  private interface LastWrite {
    void send() throws IOException;
  }

  /** Notes the end before the last write: the client may react to it before the write returns. */
  private void delivered(LastWrite write) throws IOException {
    run.decoded();
    trace.sent(reply.completionTokens());
    reply.delivery().completed();
    trace.whole();
    try {
      write.send();
    } catch (IOException left) {
      reply.delivery().failed();
      trace.undone();
      throw left;
    }
  }

  private boolean clientGone() {
    trace.cut(true);
    return false;
  }

  private boolean endConnection() throws IOException {
    switch (effect()) {
      case RESET -> {
        trace.cut(false);
        link.reset();
      }
      case CLEAN_END -> {
        trace.cut(false);
        writer.end();
      }
      case COMMENTS -> {
        long end = System.nanoTime() + plan.stallLimit().toNanos();
        while (System.nanoTime() < end
            && link.pauseUntil(System.nanoTime() + COMMENT_INTERVAL_NANOS)) {
          writer.raw(": still here\n\n");
          writer.flush();
        }
      }
      case STALL, SILENCE -> {
        boolean still = link.pauseUntil(System.nanoTime() + plan.stallLimit().toNanos());
        if (!still) trace.cut(true);
      }
      default -> {}
    }
    trace.cut(link.gone());
    link.close();
    return false;
  }

  private EventWriter.Slicing slicing() {
    if (is(Effect.SLICES)) return EventWriter.Slicing.ONE_BYTE;
    if (is(Effect.SPLIT)) return EventWriter.Slicing.SPLIT_CODE_POINT;
    return EventWriter.Slicing.WHOLE;
  }

  private boolean is(Point point) {
    return fault.map(put -> put.point() == point).orElse(false);
  }

  private boolean is(Effect effect) {
    return fault.map(put -> put.effect() == effect).orElse(false);
  }

  private Effect effect() {
    return fault.map(Fault::effect).orElse(Effect.CLOSE);
  }
}
