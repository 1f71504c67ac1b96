package io.livemind.benchmarks.harness;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How many windows, and how long; the defaults are those of a result that is published. */
public final class WindowOptions {
  @Option(
      names = "--windows",
      defaultValue = "20",
      description = "Windows of each arm. Default: ${DEFAULT-VALUE}.")
  private int windows = 20;

  @Option(
      names = "--window-seconds",
      defaultValue = "5",
      description = "Length of a window. Default: ${DEFAULT-VALUE}.")
  private int windowSeconds = 5;

  @Option(
      names = "--warm-up-seconds",
      defaultValue = "20",
      description = "Load before the first window. Default: ${DEFAULT-VALUE}.")
  private int warmUpSeconds = 20;

  @Option(
      names = "--any-window",
      description = "Count windows of a busy machine too: for a look, not for a result.")
  private boolean anyWindow;

  /** Windows of each arm. */
  public int count() {
    return windows;
  }

  public Duration length() {
    return Duration.ofSeconds(windowSeconds);
  }

  public Duration warmUp() {
    return Duration.ofSeconds(warmUpSeconds);
  }

  /** How late the timer may be at p99 in a window that counts. */
  public Duration latestTimer() {
    return anyWindow ? Duration.ofDays(1) : Alternation.LATEST_TIMER;
  }

  /** As they stand in a command. */
  public String text() {
    return "--windows "
        + windows
        + " --window-seconds "
        + windowSeconds
        + (anyWindow ? " --any-window" : "");
  }
}
