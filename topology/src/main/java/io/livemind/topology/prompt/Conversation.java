package io.livemind.topology.prompt;

import io.livemind.schemas.avro.Message;
import java.util.List;
import java.util.Optional;

/**
 * What a call may tell the model, as it came: nothing in it is neutralised yet but the user's text
 * in the history, which is kept as it was sent.
 *
 * @param system the system message of the deployment or the request
 * @param answerFormat the wanted form of the answer
 * @param history what was sent and answered in earlier turns, in order
 * @param segments the turn's text that the call reads, in order; joined it is the prompt so far
 * @param memory the turn's inferences, in order; each rests on more segments than the one before
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

  /**
   * Takes copies.
   *
   * @throws IllegalArgumentException if an inference rests on nothing new, or on segments that the
   *     call does not read
   */
  public Conversation {
    history = List.copyOf(history);
    segments = List.copyOf(segments);
    memory = List.copyOf(memory);
    int read = 0;
    for (Inference inference : memory) {
      if (inference.segments() <= read || inference.segments() > segments.size())
        throw new IllegalArgumentException(
            "an inference rests on segments 0 to %d, but the one before on %d, and the call reads %d"
                .formatted(inference.segments(), read, segments.size()));
      read = inference.segments();
    }
  }
}
