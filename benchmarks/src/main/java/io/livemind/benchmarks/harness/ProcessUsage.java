package io.livemind.benchmarks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What another process uses, as Linux tells it.
 *
 * @param residentMegabytes all that is in memory (VmRSS)
 * @param fileMegabytes of them pages of files, which processes of one machine share (RssFile): the
 *     JDK, jars, the AOT cache
 * @param cpu processor time of all its threads since it began
 */
public record ProcessUsage(double residentMegabytes, double fileMegabytes, Duration cpu) {

  /** Of a process that runs. */
  public static ProcessUsage of(Process process) {
    return of(process.toHandle());
  }

  /** The same of a process that somebody else has started. */
  public static ProcessUsage of(ProcessHandle process) {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try {
      String text = Files.readString(status);
      return new ProcessUsage(megabytes(text, "VmRSS:"), megabytes(text, "RssFile:"), cpu(process));
    } catch (IOException e) {
      throw new UncheckedIOException("its memory is not told at " + status, e);
    }
  }

  private static Duration cpu(ProcessHandle process) {
    return process
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> new IllegalStateException("this system does not tell processor times"));
  }

  private static double megabytes(String status, String field) {
    return status
            .lines()
            .filter(line -> line.startsWith(field))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        * 1_024
        / 1e6;
  }
}
