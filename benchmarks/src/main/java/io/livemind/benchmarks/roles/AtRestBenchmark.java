package io.livemind.benchmarks.roles;

import io.livemind.benchmarks.harness.ProcessUsage;
import io.livemind.benchmarks.harness.Publishing;
import io.livemind.benchmarks.harness.Report;
import io.livemind.benchmarks.harness.Table;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What each role holds in memory while nobody types. */
@Command(
    name = "at-rest",
    description = "The memory of each role as a process of its own, while nobody types.")
public final class AtRestBenchmark implements Callable<Integer> {
  @Mixin private Publishing publishing = new Publishing();

  @Option(
      names = "--rest",
      defaultValue = "30",
      description = "Seconds from the last start to the look. Default: ${DEFAULT-VALUE}.")
  private int restSeconds = 30;

  @Mixin private JavaOptions javaOptions = new JavaOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    var report =
        new Report(
            "at-rest",
            "What each role holds in memory at rest",
            "benchmarks/run at-rest" + javaOptions.argument());
    try (var deployment = Deployment.start(javaOptions.text())) {
      Thread.sleep(restSeconds * 1_000L);
      report.table(table(deployment.roles()));
    }
    report.line(
        "Of each process, %d s after the last start. Pages of files are the JDK, the jars and the AOT cache, which"
            .formatted(restSeconds));
    report.line("processes of one machine share.");
    publishing.publish(report);
    return 0;
  }

  private static Table table(List<RoleProcess> roles) {
    var table = new Table("role", "in memory, MB", "of it pages of files, MB");
    for (RoleProcess role : roles) {
      ProcessUsage usage = role.usage();
      table.row(
          role.name(),
          "%.0f".formatted(usage.residentMegabytes()),
          "%.0f".formatted(usage.fileMegabytes()));
    }
    return table;
  }
}
