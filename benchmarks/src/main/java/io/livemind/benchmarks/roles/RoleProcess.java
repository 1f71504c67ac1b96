package io.livemind.benchmarks.roles;

import io.livemind.benchmarks.harness.ProcessUsage;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A role of the product as a process of its own, as a user starts it.
 *
 * <p>Threading: one thread; another reads what the role prints.
 */
final class RoleProcess implements AutoCloseable {
  private static final int LONGEST_START_SECONDS = 60;
  private static final Pattern ADDRESS = Pattern.compile("http://[^\\s]+");

  private final String name;
  private final Process process;
  private final CountDownLatch ready = new CountDownLatch(1);
  private final StringBuffer printed = new StringBuffer();

  private RoleProcess(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /** Builds what is not built: else the first start would take as long as that. */
  static void build() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("./livemind", "--version")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.waitFor() != 0) throw new IllegalStateException("./livemind cannot be built");
  }

  /**
   * Starts it, and returns when it says that it works.
   *
   * @param javaOptions more options for its JVM
   * @param readyWord of the line with which it says so
   */
  static RoleProcess start(
      String name, String javaOptions, String readyWord, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("./livemind", name));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LIVEMIND_JAVA_OPTS", javaOptions);
    var role = new RoleProcess(name, builder.start());
    Thread.ofVirtual().name("role-reader").start(() -> role.read(readyWord));
    role.awaitReady();
    return role;
  }

  private void read(String readyWord) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        printed.append(line).append('\n');
        if (line.contains(readyWord)) ready.countDown();
      }
    } catch (IOException closed) {
      // It has ended.
    }
  }

  private void awaitReady() throws InterruptedException {
    if (ready.await(LONGEST_START_SECONDS, TimeUnit.SECONDS)) return;
    close();
    throw new IllegalStateException(name + " does not start: " + printed);
  }

  String name() {
    return name;
  }

  ProcessUsage usage() {
    return ProcessUsage.of(process);
  }

  /** The first address that it has printed. */
  URI address() {
    Matcher address = ADDRESS.matcher(printed);
    if (!address.find()) throw new IllegalStateException(name + " tells no address: " + printed);
    return URI.create(address.group());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(LONGEST_START_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
