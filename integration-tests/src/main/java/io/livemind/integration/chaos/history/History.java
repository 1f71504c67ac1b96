package io.livemind.integration.chaos.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that happened in a run, in the order of time.
 *
 * @param events of all actors
 */
public record History(List<Event> events) {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  public History {
    events = events.stream().sorted(Comparator.comparingLong(Event::atMillis)).toList();
  }

  /** Those of one kind. */
  public <E extends Event> Stream<E> each(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast);
  }

  /** A line for each event. */
  public void write(Path file) {
    try {
      Files.write(file, lines());
    } catch (IOException e) {
      throw new UncheckedIOException("the history cannot be written to " + file, e);
    }
  }

  /** Each event as one JSON object. */
  public List<String> lines() {
    return events.stream().map(History::line).toList();
  }

  /** What {@link #write} wrote. */
  public static History read(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return new History(lines.map(History::event).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("there is no history in " + file, e);
    }
  }

  private static String line(Event event) {
    try {
      return JSON.writerFor(Event.class).writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Event event(String line) {
    try {
      return JSON.readValue(line, Event.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
