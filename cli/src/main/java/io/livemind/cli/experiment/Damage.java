package io.livemind.cli.experiment;

import io.livemind.schemas.AnswerCue;
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
  /** A segment of the prompt is lost; of the only one, its first half. */
  SEGMENT {
    @Override
    public List<Message> apply(List<Message> messages) {
      List<Integer> said = positions(messages, Role.USER);
      if (said.isEmpty()) return messages;
      int first = said.getFirst();
      if (said.size() > 1) return without(messages, first);
      String text = text(messages, first);
      return saying(messages, first, text.substring(middle(text)));
    }
  },

  /** Of the latest inference only the first half is remembered. */
  MEMORY {
    @Override
    public List<Message> apply(List<Message> messages) {
      List<Integer> concluded = positions(messages, Role.ASSISTANT);
      if (concluded.isEmpty()) return messages;
      int latest = concluded.getLast();
      String text = text(messages, latest);
      return saying(messages, latest, text.substring(0, middle(text)));
    }
  },

  /** Two segments have changed places; in the only one, its halves. */
  ORDER {
    @Override
    public List<Message> apply(List<Message> messages) {
      List<Integer> said = positions(messages, Role.USER);
      if (said.isEmpty()) return messages;
      int first = said.getFirst();
      String text = text(messages, first);
      if (said.size() == 1) {
        int middle = middle(text);
        return saying(messages, first, text.substring(middle) + text.substring(0, middle));
      }
      int second = said.get(1);
      return saying(saying(messages, first, text(messages, second)), second, text);
    }
  };

  /** What stands in the message, without the cue to answer. */
  private static String text(List<Message> messages, int position) {
    return AnswerCue.strip(messages.get(position).getContent());
  }

  /** With another text in this message; a cue to answer stays where it is. */
  private static List<Message> saying(List<Message> messages, int position, String text) {
    Message message = messages.get(position);
    String cue = message.getContent().substring(text(messages, position).length());
    var changed = new ArrayList<>(messages);
    changed.set(position, new Message(message.getRole(), text + cue));
    return changed;
  }

  private static int middle(String text) {
    return text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2);
  }

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
}
