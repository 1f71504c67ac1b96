package io.livemind.workers.model;

import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.TaskKind;
import java.util.List;
import java.util.Optional;

/**
 * What a model is asked.
 *
 * @param messages in the order of the conversation
 * @param maximumTokens upper limit of the reply; empty: the replica's own
 * @param session whose call it is, for servers of one's own
 * @param owner digest of the user whose session it is; empty where there are no users
 * @param turn of the session, from 0
 * @param step of the turn, from 0
 * @param kind thinking or answering
 */
public record ModelRequest(
    List<Message> messages,
    Optional<Integer> maximumTokens,
    String session,
    String owner,
    int turn,
    int step,
    TaskKind kind) {
  public ModelRequest {
    messages = List.copyOf(messages);
  }
}
