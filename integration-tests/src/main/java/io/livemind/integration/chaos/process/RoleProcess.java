package io.livemind.integration.chaos.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A role as a child process. */
public final class RoleProcess implements AutoCloseable {
  private final Process process;

  private RoleProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts the JVM; the role begins at {@link #begin}.
   *
   * @param arguments of {@link RoleMain}
   */
  public static RoleProcess prepare(String... arguments) {
    return prepare(RoleMain.class, arguments);
  }

  /** Starts the JVM of a broker, which begins at {@link #begin}. */
  static RoleProcess prepareBroker(String... arguments) {
    return prepare(BrokerMain.class, arguments);
  }

  private static RoleProcess prepare(Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(Arrays.asList(arguments));
    try {
      return new RoleProcess(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new UncheckedIOException("no child process can be started", e);
    }
  }

  /** Lets the role begin. */
  public RoleProcess begin() {
    try {
      var input = process.getOutputStream();
      input.write('\n');
      input.flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("the role has died before it began", e);
    }
  }

  /** Returns when the role works. */
  public RoleProcess awaitReady() {
    try {
      var output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String line = output.readLine();
      if (!"ready".equals(line)) throw new IllegalStateException("the role said: " + line);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("the role has died at its start", e);
    }
  }

  /** SIGKILL: the process gets no chance to say anything. Returns when it is gone. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** SIGSTOP: the process does nothing, and does not know. */
  public void freeze() {
    signal("STOP");
  }

  /** SIGCONT: the process goes on as if nothing had been. */
  public void thaw() {
    signal("CONT");
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  private void signal(String name) {
    try {
      int code =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      if (code != 0) throw new IllegalStateException("kill -" + name + " failed with " + code);
    } catch (IOException e) {
      throw new UncheckedIOException("there is no kill command", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
