package io.livemind.benchmarks.start;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * {@code ./livemind demo} as a user starts it, seen through the line of progress that it writes for
 * a terminal, at most twice a second.
 */
final class DemoProcess {
  private static final Pattern FIRST_KEY = Pattern.compile("typed in|all is typed");
  private static final Pattern FIRST_ANSWER = Pattern.compile(", [1-9]\\d* of \\d+ sessions over");

  private DemoProcess() {}

  /**
   * Seconds from the start of the process.
   *
   * @param firstKey until typing has begun
   * @param firstAnswer until one session has its whole answer
   */
  record Moments(double firstKey, double firstAnswer) {}

  /**
   * Starts it, and ends it at its first answer.
   *
   * @param javaOptions more options for its JVM
   * @throws IllegalStateException if it ends before
   */
  static Moments run(String javaOptions) throws IOException, InterruptedException {
    var builder = new ProcessBuilder("./livemind", "demo");
    builder
        .environment()
        .put(
            "LIVEMIND_JAVA_OPTS",
            "-Dlivemind.terminal.error=true -Dlivemind.terminal.columns=200 " + javaOptions);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    long begun = System.nanoTime();
    Process process = builder.start();
    try {
      return moments(process.errorReader(StandardCharsets.UTF_8), begun);
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private static Moments moments(Reader shown, long begun) throws IOException {
    var line = new StringBuilder();
    double firstKey = 0;
    char[] some = new char[1_024];
    for (int read = shown.read(some); read >= 0; read = shown.read(some)) {
      line.append(some, 0, read);
      double now = (System.nanoTime() - begun) / 1e9;
      if (firstKey == 0 && FIRST_KEY.matcher(line).find()) firstKey = now;
      if (FIRST_ANSWER.matcher(line).find()) return new Moments(firstKey, now);
    }
    throw new IllegalStateException("livemind demo ended before its first answer: " + line);
  }
}
