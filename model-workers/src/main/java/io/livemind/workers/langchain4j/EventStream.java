package io.livemind.workers.langchain4j;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events of a response's body, one at a time.
 *
 * <p>Lines end in LF, CR or CRLF; data lines of an event are joined; comments are passed over; a
 * code point may be split over any number of reads. A field named {@code error}, which older
 * llama.cpp servers write, is an event of that name. What stands after the last empty line is an
 * event too. Bounds: {@link #MAXIMUM_LINE} a line, {@link #MAXIMUM_BODY} the body; beyond them
 * {@link TooLargeException}.
 *
 * <p>Threading: one thread.
 */
final class EventStream {
  /** Bytes of a line: a thousand times what a token needs. */
  static final int MAXIMUM_LINE = 1 << 20;

  /** Bytes of a body: a reply of 200,000 characters at 300 bytes of frame each. */
  static final long MAXIMUM_BODY = 64L << 20;

  /** One event; never without data. */
  record Event(@Nullable String name, String data) {}

  /** The server sends more than any reply needs. */
  static final class TooLargeException extends IOException {
    TooLargeException(String message) {
      super(message);
    }
  }

  private final InputStream body;
  private final byte[] buffer = new byte[8192];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
  private int position;
  private int limit;
  private long total;
  private boolean afterCarriageReturn;

  EventStream(InputStream body) {
    this.body = body;
  }

  /** The next event; null at the end of the body. */
  @Nullable Event next() throws IOException {
    String name = null;
    StringBuilder data = null;
    for (String field = readLine(); field != null; field = readLine()) {
      if (field.isEmpty()) {
        if (data != null && !data.isEmpty()) return new Event(name, data.toString());
        name = null;
        data = null;
      } else if (field.startsWith("data:")) {
        data = joined(data, value(field, "data:"));
      } else if (field.startsWith("event:")) {
        name = value(field, "event:").trim();
      } else if (field.startsWith("error:")) {
        return new Event("error", value(field, "error:"));
      }
    }
    return data == null || data.isEmpty() ? null : new Event(name, data.toString());
  }

  private static StringBuilder joined(@Nullable StringBuilder data, String value) {
    return data == null ? new StringBuilder(value) : data.append('\n').append(value);
  }

  private static String value(String field, String prefix) {
    int from = prefix.length();
    boolean space = field.length() > from && field.charAt(from) == ' ';
    return field.substring(space ? from + 1 : from);
  }

  private @Nullable String readLine() throws IOException {
    line.reset();
    boolean any = false;
    for (int next = read(); next >= 0; next = read()) {
      if (afterCarriageReturn) {
        afterCarriageReturn = false;
        if (next == '\n') continue;
      }
      if (next == '\n' || next == '\r') {
        afterCarriageReturn = next == '\r';
        return line.toString(StandardCharsets.UTF_8);
      }
      any = true;
      line.write(next);
      if (line.size() > MAXIMUM_LINE) {
        throw new TooLargeException("a line of more than " + MAXIMUM_LINE + " bytes");
      }
    }
    return any ? line.toString(StandardCharsets.UTF_8) : null;
  }

  private int read() throws IOException {
    if (position == limit) {
      limit = body.read(buffer);
      position = 0;
      if (limit <= 0) {
        limit = 0;
        return -1;
      }
      total += limit;
      if (total > MAXIMUM_BODY) {
        throw new TooLargeException("a body of more than " + MAXIMUM_BODY + " bytes");
      }
    }
    return buffer[position++] & 0xff;
  }
}
