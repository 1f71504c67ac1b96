package io.livemind.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Writes the events of one streamed reply. Events are gathered and leave in one HTTP chunk and one
 * write, so that an event costs little.
 *
 * <p>Threading: the thread that responds.
 */
final class EventWriter {
  /** Room before the events for the size of their HTTP chunk: eight digits and a line end. */
  private static final int SIZE_ROOM = 10;

  private static final byte[] END_OF_BODY = ascii("0\r\n\r\n");
  private static final byte[] LINE_END = ascii("\r\n");
  private static final int FIRST_CONTINUATION_BYTE = 0x80;
  private static final int LAST_CONTINUATION_BYTE = 0xbf;

  /** Time between the halves of a split write: enough for the client to read the first. */
  private static final long SPLIT_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final ClientLink link;
  private final Slicing slicing;
  private final StreamEvents events;
  private final JsonBytes buffer = new JsonBytes();

  /** How events are cut into TCP writes. */
  enum Slicing {
    WHOLE,
    ONE_BYTE,
    SPLIT_CODE_POINT
  }

  EventWriter(ClientLink link, StreamEvents events, Slicing slicing) {
    this.link = link;
    this.events = events;
    this.slicing = slicing;
    buffer.clear(SIZE_ROOM);
  }

  /** Sends the response's head at once. */
  void head(String contentType) throws IOException {
    link.write(HttpResponse.streamHead(contentType));
  }

  /** What opens every stream. */
  void open() {
    events.open(buffer);
  }

  void content(String text, int from, int to) {
    events.content(buffer, text, from, to);
  }

  void finish(Finish why) {
    events.finish(buffer, why);
  }

  void done() {
    events.done(buffer);
  }

  void error(ApiError error) {
    events.error(buffer, error);
  }

  void malformed() {
    events.malformed(buffer);
  }

  /** Any line of the event stream, as it is. */
  void raw(String lines) {
    buffer.append(lines);
  }

  /** Sends what was gathered, if anything was. */
  void flush() throws IOException {
    if (buffer.length() > SIZE_ROOM) send(false);
  }

  /** Sends what was gathered and ends the body. */
  void end() throws IOException {
    send(true);
  }

  private void send(boolean last) throws IOException {
    int size = buffer.length() - SIZE_ROOM;
    int from = SIZE_ROOM;
    if (size > 0) {
      byte[] digits = ascii(Integer.toHexString(size));
      buffer.append(LINE_END);
      byte[] bytes = buffer.bytes();
      from -= LINE_END.length + digits.length;
      System.arraycopy(digits, 0, bytes, from, digits.length);
      System.arraycopy(LINE_END, 0, bytes, from + digits.length, LINE_END.length);
    }
    if (last) buffer.append(END_OF_BODY);
    write(buffer.bytes(), from, buffer.length());
    buffer.clear(SIZE_ROOM);
  }

  private void write(byte[] bytes, int from, int to) throws IOException {
    switch (slicing) {
      case WHOLE -> link.write(bytes, from, to);
      case ONE_BYTE -> {
        for (int i = from; i < to; i++) link.write(bytes, i, i + 1);
      }
      case SPLIT_CODE_POINT -> {
        int cut = insideCodePoint(bytes, from, to);
        link.write(bytes, from, cut);
        link.pauseUntil(System.nanoTime() + SPLIT_PAUSE_NANOS);
        link.write(bytes, cut, to);
      }
    }
  }

  private static int insideCodePoint(byte[] bytes, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      int value = bytes[i] & 0xff;
      if (value >= FIRST_CONTINUATION_BYTE && value <= LAST_CONTINUATION_BYTE) return i;
    }
    return (from + to) >>> 1;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
