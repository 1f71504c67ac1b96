package io.livemind.simulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the HTTP/1.1 requests of one connection, one after the other. An offer to upgrade the
 * protocol is passed over, as the standard allows.
 *
 * <p>Threading: one thread.
 */
final class HttpRequestReader {
  /** Bytes of a request's line and headers, and of each line of a chunked body. */
  static final int HEAD_LIMIT = 64 * 1024;

  /** Bytes of a request's body: more than the longest context window takes. */
  static final int BODY_LIMIT = 16 * 1024 * 1024;

  private static final int BUFFER = 8 * 1024;

  private final InputStream in;
  private final Runnable beforeBody;

  /**
   * @param beforeBody called when a client waits for "100 Continue"
   */
  HttpRequestReader(InputStream in, Runnable beforeBody) {
    this.in = new BufferedInputStream(in, BUFFER);
    this.beforeBody = beforeBody;
  }

  /**
   * The next request.
   *
   * @return empty if the client has closed the connection between two requests
   * @throws RefusedException if it is no HTTP/1.1 or exceeds a limit; nothing can be read after it
   */
  Optional<HttpRequest> read() throws IOException, RefusedException {
    int first = in.read();
    while (first == '\r' || first == '\n') first = in.read();
    if (first < 0) return Optional.empty();
    String[] start = ((char) first + line(HEAD_LIMIT)).split(" ", -1);
    if (start.length != 3 || !start[2].startsWith("HTTP/"))
      throw new RefusedException(ApiError.badRequest("the request's first line is no HTTP"));
    if (!start[2].equals("HTTP/1.1"))
      throw new RefusedException(ApiError.of(505, "only HTTP/1.1 is spoken here, not " + start[2]));
    Map<String, String> headers = headers();
    byte[] body = body(headers);
    int question = start[1].indexOf('?');
    String path = question < 0 ? start[1] : start[1].substring(0, question);
    String query = question < 0 ? "" : start[1].substring(question + 1);
    return Optional.of(
        new HttpRequest(start[0], path, query, Map.copyOf(headers), body, System.nanoTime()));
  }

  private Map<String, String> headers() throws IOException, RefusedException {
    var headers = new HashMap<String, String>();
    int left = HEAD_LIMIT;
    while (true) {
      String line = line(left);
      if (line.isEmpty()) return headers;
      left -= line.length();
      int colon = line.indexOf(':');
      if (colon <= 0)
        throw new RefusedException(ApiError.badRequest("a header line has no name and colon"));
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
  }

  private byte[] body(Map<String, String> headers) throws IOException, RefusedException {
    boolean chunked = "chunked".equalsIgnoreCase(headers.get("transfer-encoding"));
    String length = headers.get("content-length");
    if (!chunked && length == null) return new byte[0];
    if ("100-continue".equalsIgnoreCase(headers.get("expect"))) beforeBody.run();
    return chunked ? chunks() : bytes(number(length == null ? "0" : length, 10));
  }

  private byte[] chunks() throws IOException, RefusedException {
    var body = new ByteArrayOutputStream();
    while (true) {
      String size = line(HEAD_LIMIT);
      int extension = size.indexOf(';');
      int length = number(extension < 0 ? size : size.substring(0, extension), 16);
      if (length == 0) break;
      if (body.size() + length > BODY_LIMIT) throw new RefusedException(ApiError.tooLarge());
      body.write(bytes(length));
      line(HEAD_LIMIT);
    }
    while (!line(HEAD_LIMIT).isEmpty()) continue;
    return body.toByteArray();
  }

  private static int number(String digits, int radix) throws RefusedException {
    long number;
    try {
      number = Long.parseLong(digits.strip(), radix);
    } catch (NumberFormatException noNumber) {
      throw new RefusedException(ApiError.badRequest("the length of the body is no number"));
    }
    if (number < 0)
      throw new RefusedException(ApiError.badRequest("the length of the body is below 0"));
    if (number > BODY_LIMIT) throw new RefusedException(ApiError.tooLarge());
    return (int) number;
  }

  private byte[] bytes(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) throw new EOFException("the client left within a request");
    return bytes;
  }

  private String line(int limit) throws IOException, RefusedException {
    var line = new ByteArrayOutputStream(64);
    for (int unit = in.read(); unit != '\n'; unit = in.read()) {
      if (unit < 0) throw new EOFException("the client left within a request");
      if (line.size() >= limit)
        throw new RefusedException(
            ApiError.of(431, "the request's head has more than " + HEAD_LIMIT + " bytes"));
      line.write(unit);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
