package io.livemind.integration.containers;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;

/** A container of one of the two images, and what may happen to it. */
final class Container implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofSeconds(120);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(60);

  private final String name;
  private final Network network;
  private final GenericContainer<?> container;
  private final StringBuffer said = new StringBuffer();
  private final List<Bind> binds = new ArrayList<>();

  Container(String image, String name, Network network, Map<String, String> environment) {
    this.name = name;
    this.network = network;
    this.container =
        new GenericContainer<>(image)
            .withNetwork(network)
            .withNetworkAliases(name)
            .withEnv(environment)
            .withLogConsumer(frame -> said.append(frame.getUtf8String()))
            .withCreateContainerCmdModifier(command -> command.withHostName(name))
            // Not the library's own binding, which asks a registry for an image to try it with.
            .withCreateContainerCmdModifier(
                command -> Objects.requireNonNull(command.getHostConfig()).withBinds(binds));
  }

  /** As in the Compose file: nothing can be written but /tmp and the volume, no capability. */
  Container hardened() {
    container
        .withTmpFs(Map.of("/tmp", "exec"))
        .withCreateContainerCmdModifier(
            command ->
                Objects.requireNonNull(command.getHostConfig())
                    .withReadonlyRootfs(true)
                    .withCapDrop(Capability.ALL)
                    .withSecurityOpts(List.of("no-new-privileges:true")));
    return this;
  }

  Container command(String... command) {
    container.withCommand(command);
    return this;
  }

  /** A file of this machine, which the container may read. */
  Container file(Path file, String path) {
    binds.add(new Bind(file.toAbsolutePath().toString(), new Volume(path), AccessMode.ro));
    return this;
  }

  /** On a port of loopback that stays when the container is started again. */
  Container published(int hostPort, int port) {
    container.setPortBindings(List.of("127.0.0.1:" + hostPort + ":" + port));
    return this;
  }

  Container start() {
    container.start();
    return this;
  }

  /** Returns when its command has ended well; fails with what it said if not. */
  void runToItsEnd() {
    container.withStartupCheckStrategy(
        new OneShotStartupCheckStrategy().withTimeout(LONGEST_START));
    try {
      container.start();
    } catch (RuntimeException failed) {
      // What follows the log may not have heard its last words yet.
      String said = container.getContainerId() == null ? logs() : allLogs();
      throw new AssertionError(name + ": " + said, failed);
    }
  }

  /** Returns when the image's own health check says so. */
  Container awaitHealthy() {
    await()
        .atMost(LONGEST_START)
        .failFast(this::assertRuns)
        .until(() -> "healthy".equals(health()));
    return this;
  }

  /** Returns when something listens inside; for images that have a shell. */
  Container awaitPort(int port) {
    await().atMost(LONGEST_START).failFast(this::assertRuns).until(() -> listens(port));
    return this;
  }

  private void assertRuns() {
    if (!Boolean.TRUE.equals(state().getRunning()))
      throw new AssertionError(name + " ended: " + logs());
  }

  private boolean listens(int port) throws IOException, InterruptedException {
    String probe = "timeout 2 bash -c '</dev/tcp/localhost/" + port + "'";
    return container.execInContainer("bash", "-c", probe).getExitCode() == 0;
  }

  /** What a program inside says. */
  String execute(String... command) throws IOException, InterruptedException {
    return container.execInContainer(command).getStdout();
  }

  /** SIGTERM, and time to drain. */
  void stop() {
    docker().stopContainerCmd(id()).withTimeout((int) LONGEST_STOP.toSeconds()).exec();
  }

  void startAgain() {
    docker().startContainerCmd(id()).exec();
  }

  void kill() {
    docker().killContainerCmd(id()).withSignal("KILL").exec();
  }

  void cutOff() {
    docker().disconnectFromNetworkCmd().withNetworkId(network.getId()).withContainerId(id()).exec();
  }

  void reconnect() {
    docker()
        .connectToNetworkCmd()
        .withNetworkId(network.getId())
        .withContainerId(id())
        .withContainerNetwork(new ContainerNetwork().withAliases(name))
        .exec();
  }

  InspectContainerResponse inspect() {
    return docker().inspectContainerCmd(id()).exec();
  }

  String name() {
    return name;
  }

  InspectContainerResponse.ContainerState state() {
    return inspect().getState();
  }

  /** What it has said since it was made, before and after it was started again. */
  String allLogs() {
    return container.getLogs();
  }

  /** What it has said since it was started, also after it is gone. */
  String logs() {
    return said.toString();
  }

  private String health() {
    var health = state().getHealth();
    return health == null ? "" : String.valueOf(health.getStatus());
  }

  private String id() {
    return container.getContainerId();
  }

  private DockerClient docker() {
    return container.getDockerClient();
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    container.stop();
  }
}
