package io.livemind.benchmarks.roles;

import io.livemind.benchmarks.harness.ProcessUsage;
import io.livemind.benchmarks.harness.Publishing;
import io.livemind.benchmarks.harness.Report;
import io.livemind.benchmarks.harness.Table;
import io.livemind.benchmarks.roles.ComposedContainers.RoleUsage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What each role holds in memory while nobody types. */
@Command(
    name = "at-rest",
    description = "The memory of each role as a process of its own, while nobody types.")
public final class AtRestBenchmark implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private Publishing publishing = new Publishing();

  @Option(
      names = "--rest",
      defaultValue = "30",
      description = "Seconds from the last start to the look. Default: ${DEFAULT-VALUE}.")
  private int restSeconds = 30;

  @Mixin private JavaOptions javaOptions = new JavaOptions();

  @Option(
      names = "--containers",
      description =
          "The containers of docker/compose.yaml under their limits, instead of processes that"
              + " ./livemind starts. Needs Linux with Docker, the image livemind:0.1.0, and that the"
              + " ports of the Compose file are free.")
  private boolean containers;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (containers && !javaOptions.text().isEmpty())
      throw new ParameterException(
          spec.commandLine(), "--java-options are for processes, not for --containers");
    publishing.publish(containers ? ofContainers() : ofProcesses());
    return 0;
  }

  private String command(String option) {
    return Stream.of("benchmarks/run at-rest", option, "--rest " + restSeconds)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private Report ofContainers() throws InterruptedException {
    var report =
        new Report(
            "at-rest-containers",
            "What each container holds in memory at rest",
            command("--containers"));
    try (var composed = ComposedContainers.start()) {
      Thread.sleep(restSeconds * 1_000L);
      report.table(table(composed.usage()));
      report.line(composed.image() + ".");
    }
    report.line(
        "Of the process in each container of docker/compose.yaml, %d s after all were healthy; with the partitions of"
            .formatted(restSeconds));
    report.line(
        "docker/livemind.yaml, all of whose stores each topology instance holds, as owner or as standby. Pages of files");
    report.line("are the JDK and the jars, which the containers of one image share.");
    return report;
  }

  private static Table table(List<RoleUsage> roles) {
    var table = new Table("containers", "in memory, MB each", "of it pages of files, MB each");
    for (RoleUsage role : roles) {
      table.row(
          role.containers().size() + " × " + role.role(),
          each(role, ProcessUsage::residentMegabytes),
          each(role, ProcessUsage::fileMegabytes));
    }
    return table;
  }

  private static String each(RoleUsage role, ToDoubleFunction<ProcessUsage> megabytes) {
    return role.containers().stream()
        .map(usage -> "%.0f".formatted(megabytes.applyAsDouble(usage)))
        .collect(Collectors.joining(", "));
  }

  private Report ofProcesses() throws IOException, InterruptedException {
    var report =
        new Report(
            "at-rest",
            "What each role holds in memory at rest",
            command(javaOptions.argument().strip()));
    try (var deployment = Deployment.start(javaOptions.text())) {
      Thread.sleep(restSeconds * 1_000L);
      report.table(processes(deployment.roles()));
    }
    report.line(
        "Of each process, %d s after the last start. Pages of files are the JDK, the jars and the AOT cache, which"
            .formatted(restSeconds));
    report.line("processes of one machine share.");
    return report;
  }

  private static Table processes(List<RoleProcess> roles) {
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
