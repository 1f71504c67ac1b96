package io.livemind.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HttpRequestReaderTest {
  private final AtomicInteger invitations = new AtomicInteger();

  @Test
  void requestsOfOneConnectionAreReadOneAfterTheOther() throws Exception {
    HttpRequestReader reader =
        reader(
            """
            POST /a?b=c HTTP/1.1\r
            Content-Length: 5\r
            X-Name:  value \r
            \r
            12345\r
            GET /b HTTP/1.1\r
            \r
            """);

    HttpRequest first = reader.read().orElseThrow();
    HttpRequest second = reader.read().orElseThrow();

    assertThat(first.path()).isEqualTo("/a");
    assertThat(first.query()).isEqualTo("b=c");
    assertThat(first.header("x-name")).contains("value");
    assertThat(first.body()).asString().isEqualTo("12345");
    assertThat(second.method()).isEqualTo("GET");
    assertThat(reader.read()).isEmpty();
  }

  @Test
  void aChunkedBodyIsJoined() throws Exception {
    HttpRequestReader reader =
        reader(
            """
            POST / HTTP/1.1\r
            Transfer-Encoding: chunked\r
            \r
            3;name=value\r
            abc\r
            A\r
            0123456789\r
            0\r
            Trailer: x\r
            \r
            """);

    assertThat(reader.read().orElseThrow().body()).asString().isEqualTo("abc0123456789");
  }

  @Test
  void aClientThatWaitsToBeInvitedIsInvitedBeforeTheBody() throws Exception {
    reader("POST / HTTP/1.1\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\nx").read();

    assertThat(invitations).hasValue(1);
  }

  @Test
  void whatIsNoHttpOrTooLargeIsRefusedWithItsStatus() {
    assertThat(refusedStatus("hello\r\n\r\n")).isEqualTo(400);
    assertThat(refusedStatus("GET / HTTP/1.0\r\n\r\n")).isEqualTo(505);
    assertThat(refusedStatus("POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n")).isEqualTo(400);
    assertThat(refusedStatus("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n")).isEqualTo(400);
    assertThat(refusedStatus("POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n"))
        .isEqualTo(413);
    assertThat(refusedStatus("GET / HTTP/1.1\r\nX: " + "y".repeat(70_000) + "\r\n\r\n"))
        .isEqualTo(431);
    assertThat(refusedStatus("GET / HTTP/1.1\r\nno colon\r\n\r\n")).isEqualTo(400);
  }

  @Test
  void aClientThatLeavesWithinARequestIsNoRequest() {
    assertThatThrownBy(() -> reader("POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc").read())
        .isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> reader("GET / HT").read()).isInstanceOf(EOFException.class);
  }

  private int refusedStatus(String bytes) {
    return catchThrowableOfType(RefusedException.class, () -> reader(bytes).read())
        .error()
        .status();
  }

  private HttpRequestReader reader(String bytes) {
    return new HttpRequestReader(
        new ByteArrayInputStream(bytes.getBytes(StandardCharsets.UTF_8)),
        invitations::incrementAndGet);
  }
}
