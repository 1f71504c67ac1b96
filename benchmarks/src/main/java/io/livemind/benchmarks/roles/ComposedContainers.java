package io.livemind.benchmarks.roles;

import io.livemind.benchmarks.harness.ProcessUsage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The containers of {@code docker/compose.yaml}, as the image runs them, under their limits. */
final class ComposedContainers implements AutoCloseable {
  private static final String PROJECT = "livemind-at-rest";
  private static final List<String> ROLES =
      List.of("simulator", "topology", "worker-inference", "worker-answer", "gateway");

  private ComposedContainers() {}

  /**
   * Starts them, and returns when each one is healthy.
   *
   * @throws IllegalStateException if Docker or the image {@code livemind:0.1.0} is not there
   */
  static ComposedContainers start() throws IOException, InterruptedException {
    var containers = new ComposedContainers();
    List<String> up = new ArrayList<>(List.of("up", "--detach", "--wait", "--pull", "missing"));
    up.addAll(ROLES);
    try {
      compose(up);
      return containers;
    } catch (IOException | InterruptedException | RuntimeException e) {
      containers.close();
      throw e;
    }
  }

  /** What the processes of a role use, one a container. */
  record RoleUsage(String role, List<ProcessUsage> containers) {}

  /** Of each role, in the order of the data. */
  List<RoleUsage> usage() throws IOException, InterruptedException {
    List<RoleUsage> usage = new ArrayList<>();
    for (String role : ROLES) {
      List<ProcessUsage> containers = new ArrayList<>();
      for (String id : compose(List.of("ps", "--quiet", role)).lines().toList()) {
        long pid = Long.parseLong(run(List.of("docker", "inspect", "-f", "{{.State.Pid}}", id)));
        containers.add(ProcessUsage.of(ProcessHandle.of(pid).orElseThrow()));
      }
      usage.add(new RoleUsage(role, containers));
    }
    return usage;
  }

  private static String compose(List<String> arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("docker", "compose", "-p", PROJECT, "-f", "docker/compose.yaml"));
    command.addAll(arguments);
    return run(command);
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0)
      throw new IllegalStateException(
          String.join(" ", command) + " failed: docker/compose.yaml tells how to make the image");
    return printed.strip();
  }

  @Override
  public void close() {
    try {
      compose(List.of("down", "--volumes"));
    } catch (IOException e) {
      throw new IllegalStateException("the containers of " + PROJECT + " are still there", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
