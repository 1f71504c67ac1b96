package io.livemind.benchmarks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory of another process, as Linux tells it.
 *
 * @param residentMegabytes all that is in memory (VmRSS)
 * @param fileMegabytes of them pages of files, which processes of one machine share (RssFile): the
 *     JDK, jars, the AOT cache
 */
public record ProcessMemory(double residentMegabytes, double fileMegabytes) {

  /** Of a process that runs. */
  public static ProcessMemory of(Process process) {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try {
      String text = Files.readString(status);
      return new ProcessMemory(megabytes(text, "VmRSS:"), megabytes(text, "RssFile:"));
    } catch (IOException e) {
      throw new UncheckedIOException("its memory is not told at " + status, e);
    }
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
