package io.livemind.topology.prompt;

import io.livemind.schemas.avro.Message;
import java.util.List;
import java.util.Optional;

/**
 * What a call may tell the model.
 *
 * @param system the system message of the deployment or the request
 * @param answerFormat the wanted form of the answer
 * @param history what was sent and answered in earlier turns, in order
 * @param segments the turn's text that the call reads, in order; joined it is the prompt so far
 * @param memory the turn's inferences, in order
 */
public record Conversation(
    Optional<String> system,
    Optional<String> answerFormat,
    List<Message> history,
    List<String> segments,
    List<Inference> memory) {

  /**
   * What the model concluded.
   *
   * @param reply as the model sent it
   * @param segments the segments that it rests on
   */
  public record Inference(String reply, int segments) {}
}
