package io.livemind.benchmarks.roles;

import io.livemind.benchmarks.harness.ProcessUsage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The containers of {@code docker/compose.yaml}, as the image runs them, under their limits. */
final class ComposedContainers implements AutoCloseable {
  private static final String IMAGE = "livemind:0.1.0";
  private static final String PROJECT = "livemind-at-rest";
  private static final List<String> ROLES =
      List.of("simulator", "topology", "worker-inference", "worker-answer", "gateway");

  private final String image;
  private final Thread atExit =
      Thread.ofPlatform().name("containers-at-exit").unstarted(ComposedContainers::down);

  private ComposedContainers(String image) {
    this.image = image;
  }

  /**
   * Starts them, and returns when each one is healthy.
   *
   * @throws IllegalStateException if Docker or the image is not there, or they cannot start
   */
  static ComposedContainers start() {
    String made = run(List.of("docker", "version", "--format", "{{.Server.Version}}"));
    var containers = new ComposedContainers(imageIn(made));
    Runtime.getRuntime().addShutdownHook(containers.atExit);
    List<String> up = new ArrayList<>(List.of("up", "--detach", "--wait"));
    up.addAll(ROLES);
    try {
      compose(up);
      return containers;
    } catch (RuntimeException e) {
      containers.close();
      throw e;
    }
  }

  private static String imageIn(String dockerVersion) {
    try {
      return "Docker "
          + dockerVersion
          + ", image "
          + run(List.of("docker", "image", "inspect", "-f", "{{.Id}} of {{.Created}}", IMAGE));
    } catch (IllegalStateException missing) {
      throw new IllegalStateException(
          "there is no image " + IMAGE + ": docker/compose.yaml tells how it is made", missing);
    }
  }

  /** What runs, for the page. */
  String image() {
    return image;
  }

  /** What the processes of a role use, one a container. */
  record RoleUsage(String role, List<ProcessUsage> containers) {}

  /** Of each role, in the order of the data. */
  List<RoleUsage> usage() {
    return ROLES.stream().map(ComposedContainers::usage).toList();
  }

  private static RoleUsage usage(String role) {
    List<ProcessUsage> containers =
        compose(List.of("ps", "--all", "--quiet", role))
            .lines()
            .map(
                id ->
                    process(id)
                        .map(ProcessUsage::of)
                        .orElseThrow(
                            () -> new IllegalStateException("container " + id + " has ended")))
            .toList();
    return new RoleUsage(role, containers);
  }

  private static Optional<ProcessHandle> process(String container) {
    long pid = Long.parseLong(run(List.of("docker", "inspect", "-f", "{{.State.Pid}}", container)));
    return pid == 0 ? Optional.empty() : ProcessHandle.of(pid);
  }

  private static String compose(List<String> arguments) {
    List<String> command =
        new ArrayList<>(List.of("docker", "compose", "-p", PROJECT, "-f", "docker/compose.yaml"));
    command.addAll(arguments);
    return run(command);
  }

  private static String run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status == 0) return printed.strip();
      throw new IllegalStateException(String.join(" ", command) + " ended with " + status);
    } catch (IOException e) {
      throw new IllegalStateException(command.getFirst() + " cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during " + String.join(" ", command), e);
    }
  }

  private static void down() {
    compose(List.of("down", "--volumes"));
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    down();
  }
}
