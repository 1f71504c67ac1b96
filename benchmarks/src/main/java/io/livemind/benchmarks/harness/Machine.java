package io.livemind.benchmarks.harness;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Where and when a result was measured.
 *
 * @param date of the run, UTC
 * @param commit of the sources, with a mark if they were changed since
 * @param processor its name and how many of it this JVM may use
 * @param memoryGigabytes of the machine
 * @param system operating system
 * @param jvm its name and version
 */
public record Machine(
    LocalDate date,
    String commit,
    String processor,
    long memoryGigabytes,
    String system,
    String jvm) {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  /** This machine, now. */
  public static Machine here() {
    var memory = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Machine(
        LocalDate.now(ZoneOffset.UTC),
        checkedOut(),
        Runtime.getRuntime().availableProcessors() + " cores of " + processorName(),
        Math.round(memory.getTotalMemorySize() / 1e9),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
  }

  /** One line for below a table. */
  public String text() {
    return "%s, commit %s, %s, %d GB, %s, %s"
        .formatted(date, commit, processor, memoryGigabytes, system, jvm);
  }

  private static String processorName() {
    if (!Files.isReadable(PROCESSORS)) return System.getProperty("os.arch");
    try (var lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String checkedOut() {
    String hash = git("rev-parse", "--short", "HEAD");
    if (hash.isEmpty()) return "unknown";
    return git("status", "--porcelain").isEmpty() ? hash : hash + " with changes";
  }

  private static String git(String... arguments) {
    var command = new String[arguments.length + 1];
    command[0] = "git";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      var process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? output : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
