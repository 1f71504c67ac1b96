package io.livemind.integration.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A command of this machine. */
final class Shell {
  /** Building the image where none of its layers is there. */
  private static final Duration LONGEST = Duration.ofMinutes(4);

  private Shell() {}

  /** What it printed; fails with that if the command fails, or does not end. */
  static String run(Path folder, String... command) throws IOException, InterruptedException {
    Path printed = Files.createTempFile("command", ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(printed.toFile())
              .start();
      boolean ended = process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
      if (!ended) process.descendants().forEach(ProcessHandle::destroyForcibly);
      if (!ended || process.destroyForcibly().waitFor() != 0)
        throw new AssertionError(
            String.join(" ", command)
                + (ended ? " failed: " : " did not end: ")
                + Files.readString(printed));
      return Files.readString(printed);
    } finally {
      Files.delete(printed);
    }
  }
}
