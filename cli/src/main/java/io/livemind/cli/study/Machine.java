package io.livemind.cli.study;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where and when a result was measured.
 *
 * @param date of the run, UTC
 * @param commit of the sources that this program lies in, with a mark if they were changed since,
 *     documents apart; unknown where there are none
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
    Optional<String> hash = git("rev-parse", "--short", "HEAD");
    Optional<String> changes = git("status", "--porcelain", "--", ":/", ":(exclude,top)docs");
    return hash.flatMap(one -> changes.map(some -> some.isEmpty() ? one : one + " with changes"))
        .orElse("unknown");
  }

  /** Empty if there is no git, or the program lies in no checkout of it. */
  private static Optional<String> git(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-C", place()));
    command.addAll(List.of(arguments));
    try {
      var process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** The folder of the jar or the classes: whoever calls may stand in another checkout. */
  private static String place() {
    Path program =
        Path.of(
            URI.create(
                Machine.class.getProtectionDomain().getCodeSource().getLocation().toString()));
    Path folder = Files.isDirectory(program) ? program : program.getParent();
    return String.valueOf(folder);
  }
}
