package io.livemind.workers.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EventStreamProperties {
  private static final String STREAM =
      ": comment\n\nevent: ping\ndata: {}\n\ndata: {\"text\":\"é😀\"}\n\ndata: one\ndata: two\n\n"
          + "id: 7\nretry: 10\n\ndata:tight\n\nerror: {\"code\":1}\n\ndata: [DONE]";

  private static List<EventStream.Event> events(InputStream body) throws IOException {
    var stream = new EventStream(body);
    List<EventStream.Event> events = new ArrayList<>();
    for (var event = stream.next(); event != null; event = stream.next()) events.add(event);
    return events;
  }

  /** Hands out a few bytes a read, as a slow network does. */
  private static InputStream sliced(byte[] bytes, int slice) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] into, int from, int length) {
        return super.read(into, from, Math.min(slice, length));
      }
    };
  }

  @Property(tries = 60)
  void slicesAndLineEndsMakeNoDifference(
      @ForAll @IntRange(min = 1, max = 40) int slice, @ForAll @IntRange(max = 2) int lineEnd)
      throws IOException {
    String end = List.of("\n", "\r\n", "\r").get(lineEnd);
    byte[] bytes = STREAM.replace("\n", end).getBytes(StandardCharsets.UTF_8);
    assertThat(events(sliced(bytes, slice)))
        .containsExactly(
            new EventStream.Event("ping", "{}"),
            new EventStream.Event(null, "{\"text\":\"é😀\"}"),
            new EventStream.Event(null, "one\ntwo"),
            new EventStream.Event(null, "tight"),
            new EventStream.Event("error", "{\"code\":1}"),
            new EventStream.Event(null, "[DONE]"));
  }

  @Test
  void aLineThatNeverEndsIsNotKept() {
    byte[] bytes = new byte[EventStream.MAXIMUM_LINE + 10];
    java.util.Arrays.fill(bytes, (byte) 'x');
    assertThatThrownBy(() -> events(new ByteArrayInputStream(bytes)))
        .isInstanceOf(EventStream.TooLargeException.class);
  }

  @Test
  void aBodyThatNeverEndsIsNotReadForEver() {
    byte[] comment = ": nothing\n\n".getBytes(StandardCharsets.UTF_8);
    var endless =
        new InputStream() {
          private int next;

          @Override
          public int read() {
            next = (next + 1) % comment.length;
            return comment[next];
          }
        };
    assertThatThrownBy(() -> events(endless)).isInstanceOf(EventStream.TooLargeException.class);
  }
}
