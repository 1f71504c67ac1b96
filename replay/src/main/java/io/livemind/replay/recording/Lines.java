package io.livemind.replay.recording;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The lines of a UTF-8 text file, plain or gzip (told by its first two bytes, whatever its name).
 * Blank lines are passed over, and counted.
 *
 * <p>A line is at most {@link #LINE_LIMIT} bytes; a longer one is an error, and no more than that
 * of it is ever held.
 *
 * <p>Threading: one thread at a time.
 */
public final class Lines implements AutoCloseable {
  /** Bytes. The longest line of the published results has about 40,000. */
  static final int LINE_LIMIT = 4 * 1024 * 1024;

  private static final int BUFFER_BYTES = 1 << 16;

  private final String file;
  private final InputStream bytes;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int number;
  private boolean tooLong;
  private boolean broken;

  private Lines(String file, InputStream bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /**
   * Opens a file.
   *
   * @throws RecordingException if it cannot be opened
   */
  public static Lines open(Path path) {
    String file = path.toString();
    if (Files.isDirectory(path)) throw new RecordingException(file, 0, "is a directory");
    try {
      InputStream raw = new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES);
      return of(file, raw);
    } catch (IOException e) {
      throw new RecordingException(file, 0, reason(e));
    }
  }

  /**
   * Reads from a stream; closes it with this.
   *
   * @param file the name that errors tell
   */
  static Lines of(String file, InputStream raw) {
    try {
      InputStream marked = raw.markSupported() ? raw : new BufferedInputStream(raw, BUFFER_BYTES);
      marked.mark(2);
      boolean zipped = marked.read() == 0x1f && marked.read() == 0x8b;
      marked.reset();
      if (!zipped) return new Lines(file, marked);
      var unzipped = new GZIPInputStream(marked, BUFFER_BYTES);
      return new Lines(file, new BufferedInputStream(unzipped, BUFFER_BYTES));
    } catch (IOException e) {
      throw new RecordingException(file, 0, reason(e));
    }
  }

  /**
   * The next line that is not blank; empty at the end of the file. After an error the next call
   * goes on behind the line, or ends if no more can be read.
   *
   * @throws RecordingException if it cannot be read, is too long, or is not UTF-8
   */
  Optional<String> next() {
    if (broken || !passRest()) return Optional.empty();
    while (true) {
      number++;
      boolean last = readLine();
      String text = decode();
      if (!text.isBlank()) return Optional.of(text);
      if (last) return Optional.empty();
    }
  }

  /**
   * The next line that can be read.
   *
   * @param bad is told of each that cannot, and may throw
   */
  public Optional<String> nextGood(Consumer<RecordingException> bad) {
    while (true) {
      try {
        return next();
      } catch (RecordingException e) {
        bad.accept(e);
      }
    }
  }

  /** Of the line that was read last, from 1. */
  public int number() {
    return number;
  }

  /** The error for the line that was read last. */
  public RecordingException bad(String reason) {
    return new RecordingException(file, number, reason);
  }

  @Override
  public void close() {
    try {
      bytes.close();
    } catch (IOException e) {
      throw new RecordingException(file, 0, reason(e));
    }
  }

  /** Whether the file ended with this line. */
  private boolean readLine() {
    line.reset();
    try {
      for (int next = bytes.read(); next != '\n'; next = bytes.read()) {
        if (next < 0) return true;
        if (line.size() == LINE_LIMIT) {
          tooLong = true;
          throw bad("the line is longer than " + LINE_LIMIT + " bytes");
        }
        line.write(next);
      }
      return false;
    } catch (IOException e) {
      broken = true;
      throw bad(reason(e));
    }
  }

  /** Behind a line that was too long; false at the end of the file. */
  private boolean passRest() {
    if (!tooLong) return true;
    tooLong = false;
    try {
      for (int next = bytes.read(); next != '\n'; next = bytes.read()) if (next < 0) return false;
      return true;
    } catch (IOException e) {
      broken = true;
      throw bad(reason(e));
    }
  }

  private String decode() {
    try {
      var buffer = ByteBuffer.wrap(line.toByteArray());
      return StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
    } catch (CharacterCodingException e) {
      throw bad("the line is not UTF-8");
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException ignored -> "there is no such file";
      case AccessDeniedException ignored -> "the file may not be read";
      case EOFException ignored -> "the gzip data ends too early: the file is truncated";
      case ZipException ignored -> "the gzip data is damaged";
      default -> "cannot be read (" + e.getClass().getSimpleName() + ")";
    };
  }
}
