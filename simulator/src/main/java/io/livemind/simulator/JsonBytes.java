package io.livemind.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer of UTF-8 bytes that knows how to write JSON strings. A surrogate without its
 * other half, which UTF-8 cannot hold, is written as an escape, so that a client that joins two
 * pieces gets the character.
 *
 * <p>Threading: one thread.
 */
final class JsonBytes {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** Bytes of the longest form of one UTF-16 unit: an escape. */
  private static final int LONGEST_UNIT = 6;

  private byte[] bytes = new byte[1024];
  private int length;

  /** Text as a JSON string, with its quotation marks. */
  static String quoted(String text) {
    var inside = new JsonBytes();
    inside.appendEscaped(text, 0, text.length());
    return '"' + new String(inside.bytes, 0, inside.length, StandardCharsets.UTF_8) + '"';
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  void clear(int keep) {
    length = keep;
  }

  int length() {
    return length;
  }

  /** The bytes themselves, good until the next append. */
  byte[] bytes() {
    return bytes;
  }

  void append(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  void append(String text) {
    append(utf8(text));
  }

  /** Appends the inside of a JSON string, from and to positions in UTF-16 units. */
  void appendEscaped(String text, int from, int to) {
    room((to - from) * LONGEST_UNIT);
    for (int i = from; i < to; i++) {
      char unit = text.charAt(i);
      if (unit == '"' || unit == '\\') {
        bytes[length++] = '\\';
        bytes[length++] = (byte) unit;
      } else if (unit < ' ') escape(unit);
      else if (unit < 0x80) bytes[length++] = (byte) unit;
      else if (unit < 0x800) {
        bytes[length++] = (byte) (0xc0 | (unit >> 6));
        bytes[length++] = (byte) (0x80 | (unit & 0x3f));
      } else if (!Character.isSurrogate(unit)) {
        bytes[length++] = (byte) (0xe0 | (unit >> 12));
        bytes[length++] = (byte) (0x80 | ((unit >> 6) & 0x3f));
        bytes[length++] = (byte) (0x80 | (unit & 0x3f));
      } else if (i + 1 < to && Character.isSurrogatePair(unit, text.charAt(i + 1)))
        fourBytes(Character.toCodePoint(unit, text.charAt(++i)));
      else escape(unit);
    }
  }

  private void fourBytes(int point) {
    bytes[length++] = (byte) (0xf0 | (point >> 18));
    bytes[length++] = (byte) (0x80 | ((point >> 12) & 0x3f));
    bytes[length++] = (byte) (0x80 | ((point >> 6) & 0x3f));
    bytes[length++] = (byte) (0x80 | (point & 0x3f));
  }

  private void escape(char unit) {
    bytes[length++] = '\\';
    bytes[length++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) bytes[length++] = HEX[(unit >> shift) & 0xf];
  }

  private void room(int more) {
    if (length + more > bytes.length)
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
  }
}
