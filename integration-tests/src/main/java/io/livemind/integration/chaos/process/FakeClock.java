package io.livemind.integration.chaos.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The wall clock of child processes, which can be set while they run; what they measure durations
 * with goes on as ever, as in a machine whose clock is set. By libfaketime, where it is installed.
 */
public final class FakeClock {
  /** Debian and Ubuntu, Fedora, and what people build themselves. */
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib64/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/local/lib/faketime/libfaketimeMT.so.1"));

  private final Path library;
  private final Path file;

  private FakeClock(Path library, Path file) {
    this.library = library;
    this.file = file;
  }

  /** Why no clock can be set here; empty if one can be. */
  public static Optional<String> missing() {
    return library().isPresent()
        ? Optional.empty()
        : Optional.of("libfaketime is not installed (Debian package libfaketime)");
  }

  /**
   * A clock that is right.
   *
   * @param file by which the processes learn how wrong their clock is
   * @throws IllegalStateException if it is {@link #missing}
   */
  public static FakeClock right(Path file) {
    Path library = library().orElseThrow(() -> new IllegalStateException(missing().orElseThrow()));
    var clock = new FakeClock(library, file);
    clock.set(Duration.ZERO);
    return clock;
  }

  /** What a process must find in its environment to go by this clock. */
  public Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", file.toString(),
        "FAKETIME_CACHE_DURATION", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        // Else waits by the monotonic clock, as a JVM's are, return at once.
        "FAKETIME_FORCE_MONOTONIC_FIX", "0");
  }

  /** Within a second the processes' clock is ahead by so much, or behind where it is negative. */
  public void set(Duration ahead) {
    try {
      Path next = file.resolveSibling(file.getFileName() + ".next");
      Files.writeString(next, "%+d".formatted(ahead.toSeconds()));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("the clock cannot be set in " + file, e);
    }
  }

  private static Optional<Path> library() {
    return PLACES.stream().filter(Files::isReadable).findFirst();
  }
}
