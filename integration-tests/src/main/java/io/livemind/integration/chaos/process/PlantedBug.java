package io.livemind.integration.chaos.process;

import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Role;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Bugs that a topology or a worker can be given, so that it is seen that the checkers find them.
 */
public enum PlantedBug {
  NONE(UnaryOperator.identity()),
  /** The third word of each prompt is lost. */
  WORD_LOST(text -> text.replaceAll("(c\\d+t\\d+n3)\\b", "")),
  /** The third word of each prompt takes effect twice. */
  WORD_TWICE(text -> text.replaceAll("(c\\d+t\\d+n3)\\b", "$1 $1")),
  /** A worker takes a reply that broke off for a whole one. */
  REPLY_CUT_SHORT(UnaryOperator.identity());

  private final UnaryOperator<String> damage;

  PlantedBug(UnaryOperator<String> damage) {
    this.damage = damage;
  }

  /** The messages of a task with the bug in what the user said. */
  List<Message> damaged(List<Message> messages) {
    return messages.stream()
        .map(
            message ->
                message.getRole() == Role.USER
                    ? new Message(message.getRole(), damage.apply(message.getContent()))
                    : message)
        .toList();
  }
}
