package io.livemind.cli.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A directory that is there until it is closed, with all that was put into it. */
public final class ScratchDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScratchDirectory.class);

  private final Path path;

  private ScratchDirectory(Path path) {
    this.path = path;
  }

  /**
   * Makes one where this machine keeps temporary files; only its user can read it, and its name
   * holds the process id.
   *
   * @throws UncheckedIOException if it cannot be made
   */
  public static ScratchDirectory create() {
    try {
      return new ScratchDirectory(Files.createTempDirectory(prefix()));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "no temporary directory can be made: give java.io.tmpdir one that can be written", e);
    }
  }

  /** How the names of this process's directories begin. */
  public static String prefix() {
    return "livemind-" + ProcessHandle.current().pid() + "-";
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Removes it; what cannot be removed is logged and left. May be called again. */
  @Override
  public void close() {
    try {
      Files.walkFileTree(path, new Deletion());
    } catch (NoSuchFileException gone) {
      LOG.debug("scratch_directory_gone path={}", path);
    } catch (IOException e) {
      LOG.warn("scratch_directory_left path={} reason={}", path, e.toString());
    }
  }

  /** Files first; what another thread removes at the same time is none of our business. */
  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) return FileVisitResult.CONTINUE;
      throw e;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
        throws IOException {
      if (e != null) throw e;
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
