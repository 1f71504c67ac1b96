package io.livemind.cli.experiment;

import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Something that a broken pipeline would do to the messages of a call. It shows that the checks
 * find it.
 */
public enum Damage implements UnaryOperator<List<Message>> {
  /** A segment of the prompt is lost. */
  SEGMENT {
    @Override
    public List<Message> apply(List<Message> messages) {
      List<Integer> said = positions(messages, Role.USER);
      if (said.isEmpty()) return messages;
      int first = said.getFirst();
      // The only message keeps its end: an answer call is told from a thinking call by it.
      if (said.size() == 1) return replaced(messages, first, secondHalf(messages.get(first)));
      return without(messages, first);
    }
  },

  /** The latest inference is lost. */
  MEMORY {
    @Override
    public List<Message> apply(List<Message> messages) {
      List<Integer> concluded = positions(messages, Role.ASSISTANT);
      return concluded.isEmpty() ? messages : without(messages, concluded.getLast());
    }
  },

  /** Two segments have changed places. */
  ORDER {
    @Override
    public List<Message> apply(List<Message> messages) {
      List<Integer> said = positions(messages, Role.USER);
      // The last message may end in the cue to answer, so it stays where it is.
      if (said.size() < 3) return SEGMENT.apply(messages);
      Message first = messages.get(said.get(0));
      Message second = messages.get(said.get(1));
      return replaced(replaced(messages, said.get(0), second), said.get(1), first);
    }
  };

  private static List<Integer> positions(List<Message> messages, Role role) {
    return IntStream.range(0, messages.size())
        .filter(i -> messages.get(i).getRole() == role)
        .boxed()
        .toList();
  }

  private static List<Message> without(List<Message> messages, int position) {
    var rest = new ArrayList<>(messages);
    rest.remove(position);
    return rest;
  }

  private static List<Message> replaced(List<Message> messages, int position, Message message) {
    var changed = new ArrayList<>(messages);
    changed.set(position, message);
    return changed;
  }

  private static Message secondHalf(Message message) {
    String text = message.getContent();
    int middle = text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2);
    return new Message(message.getRole(), text.substring(middle));
  }
}
