package io.livemind.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A response that is sent as a whole. */
record HttpResponse(int status, String contentType, Map<String, String> headers, byte[] body) {
  static final String JSON = "application/json";
  static final String HTML = "text/html; charset=utf-8";

  static HttpResponse json(String body) {
    return new HttpResponse(200, JSON, Map.of(), body.getBytes(StandardCharsets.UTF_8));
  }

  static HttpResponse html(int status, String body) {
    return new HttpResponse(status, HTML, Map.of(), body.getBytes(StandardCharsets.UTF_8));
  }

  /** The head and the body, ready to be sent. */
  byte[] bytes() {
    byte[] head = head();
    byte[] bytes = new byte[head.length + body.length];
    System.arraycopy(head, 0, bytes, 0, head.length);
    System.arraycopy(body, 0, bytes, head.length, body.length);
    return bytes;
  }

  /** Status line and headers, with the length of the body. */
  byte[] head() {
    var head = start(status, contentType);
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("content-length: ").append(body.length).append("\r\n\r\n");
    return head.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Status line and headers of a body that follows in chunks. */
  static byte[] streamHead(String contentType) {
    return start(200, contentType)
        .append("cache-control: no-cache\r\ntransfer-encoding: chunked\r\n\r\n")
        .toString()
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static StringBuilder start(int status, String contentType) {
    return new StringBuilder("HTTP/1.1 ")
        .append(status)
        .append(' ')
        .append(reason(status))
        .append("\r\ncontent-type: ")
        .append(contentType)
        .append("\r\n");
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 413 -> "Content Too Large";
      case 422 -> "Unprocessable Content";
      case 429 -> "Too Many Requests";
      case 431 -> "Request Header Fields Too Large";
      case 500 -> "Internal Server Error";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 505 -> "HTTP Version Not Supported";
      default -> "Other";
    };
  }
}
