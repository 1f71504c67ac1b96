package io.livemind.topology;

import io.livemind.schemas.avro.Message;
import java.util.List;

/**
 * How many tokens a text may be; only the model knows. Four Latin letters a token, two of Greek and
 * Cyrillic, one character of the scripts behind them, and some for the frame of a message: more
 * than most tokenizers make of prose.
 */
final class TokenEstimate {
  private static final int FRAME = 4;

  private TokenEstimate() {}

  static int of(String text) {
    long quarters = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quarters += c < 0x250 ? 1 : c < 0x590 ? 2 : 4;
    }
    return (int) Math.min(Integer.MAX_VALUE, (quarters + 3) / 4);
  }

  static int of(List<Message> messages) {
    int sum = 0;
    for (Message message : messages) sum += FRAME + of(message.getContent());
    return sum;
  }
}
