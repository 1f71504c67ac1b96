package io.livemind.benchmarks.harness;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a result goes. */
public final class Publishing {
  @Option(
      names = "--publish",
      description = "Write the page into this folder; docs/benchmarks is where results are kept.")
  private @Nullable Path folder;

  /** Writes the page if that was asked for. */
  public void publish(Report report) {
    if (folder != null) report.save(folder);
  }
}
