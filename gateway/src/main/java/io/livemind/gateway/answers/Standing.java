package io.livemind.gateway.answers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemind.gateway.handle.Handle;
import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.Rejected;
import io.livemind.schemas.avro.Snapshot;
import io.livemind.schemas.avro.SnapshotInference;
import io.livemind.schemas.avro.SnapshotTurn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A session as the topology says it stands, where the log does not reach back to what a client had.
 *
 * @param session as clients get it; empty if the topology did not answer in time, or does not know
 *     the session
 * @param unknown whether the topology does not know the session
 * @param passed live records that came meanwhile, in order: still to be told
 */
record Standing(Optional<ObjectNode> session, boolean unknown, List<AnswerRecord> passed) {
  /** The log has everything. */
  static final Standing NOT_NEEDED = new Standing(Optional.empty(), false, List.of());

  /** The topology may be between two instances; the client types already, and waits for this. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  Standing {
    passed = List.copyOf(passed);
  }

  /** Asks, and waits 5 s at most. */
  static Standing ask(SnapshotSource source, Handle handle, Subscription subscription)
      throws InterruptedException {
    String request = UUID.randomUUID().toString();
    var unused = source.ask(handle, request);
    var passed = new ArrayList<AnswerRecord>();
    long deadline = System.nanoTime() + LONGEST.toNanos();
    for (long left = LONGEST.toNanos(); left > 0; left = deadline - System.nanoTime()) {
      Subscription.Batch batch = subscription.take(Duration.ofNanos(left));
      passed.addAll(batch.records());
      for (AnswerRecord answer : batch.records()) {
        switch (answer.event().getEvent()) {
          case Snapshot snapshot when snapshot.getRequest().equals(request) -> {
            return new Standing(
                Optional.of(json(answer.event().getTurn(), snapshot)), false, passed);
          }
          case Rejected rejected when isUnknown(rejected) -> {
            return new Standing(Optional.empty(), true, passed);
          }
          default -> {}
        }
      }
      if (batch.ended()) break;
    }
    return new Standing(Optional.empty(), false, passed);
  }

  private static boolean isUnknown(Rejected rejected) {
    return rejected.getWriter() == 0
        && rejected.getCode().equals(FailureCode.SESSION_UNKNOWN.code());
  }

  private static ObjectNode json(int turn, Snapshot snapshot) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("turn", turn)
            .put("answering", snapshot.getAnswering());
    if (snapshot.getAnswering()) json.put("answeredPrompt", snapshot.getAnsweredPrompt());
    json.put("typedTurn", snapshot.getTypedTurn())
        .put("typedPrompt", String.join("", snapshot.getSegments()) + snapshot.getOpenText());
    ArrayNode memory = json.putArray("memory");
    for (SnapshotInference inference : snapshot.getMemory())
      memory.addObject().put("segments", inference.getSegments()).put("text", inference.getText());
    ArrayNode turns = json.putArray("turns");
    for (SnapshotTurn past : snapshot.getTurns()) {
      ObjectNode one =
          turns
              .addObject()
              .put("turn", past.getTurn())
              .put("prompt", past.getPrompt())
              .put("answer", past.getAnswer())
              .put("interrupted", past.getInterrupted());
      past.getFailure()
          .ifPresent(code -> one.put("failure", code).put("message", EventJson.remedy(code)));
    }
    return json;
  }
}
