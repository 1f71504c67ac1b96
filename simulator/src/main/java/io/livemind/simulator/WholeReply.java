package io.livemind.simulator;

import io.livemind.simulator.Fault.Effect;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** A reply that was not asked for as a stream: one JSON object. */
record WholeReply(ChatCall call, String text, long createdSeconds, Usage usage) {

  HttpResponse response(Finish why) {
    return HttpResponse.json(call.wire().whole(this, Optional.of(why)));
  }

  /**
   * The body of a call with a fault; the faults of streams that have no meaning here leave it
   * whole.
   *
   * @param why it would end without the fault
   */
  HttpResponse faulty(Effect effect, Finish why) {
    return switch (effect) {
      case ERROR_EVENT ->
          new HttpResponse(
              200, HttpResponse.JSON, Map.of(), call.wire().error(ApiError.inBand()).body());
      case ABORT -> response(Finish.ABORT);
      case REFUSE -> response(Finish.REFUSED);
      case NO_REASON -> HttpResponse.json(call.wire().whole(this, Optional.empty()));
      case MALFORMED, CLEAN_END -> {
        byte[] body = response(why).body();
        byte[] half = Arrays.copyOf(body, body.length / 2);
        yield new HttpResponse(200, HttpResponse.JSON, Map.of(), half);
      }
      default -> response(why);
    };
  }

  /** Whether only the first half of the body is sent, and the connection then ends. */
  boolean breaksConnection(Effect effect) {
    return switch (effect) {
      case RESET, CLOSE, STALL, COMMENTS -> true;
      default -> false;
    };
  }
}
