package io.livemind.integration.chaos.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A role as a child process. */
public final class RoleProcess implements AutoCloseable {
  /** Longer than any role may take to drain, on a machine that has other things to do. */
  private static final Duration LONGEST_START = Duration.ofMinutes(2);

  private static final Duration LONGEST_STOP = Duration.ofMinutes(2);

  /** Characters of the log that tell why something failed. */
  private static final int LAST_PRINTED = 6_000;

  /** System property: the AOT cache for fast starts, where there is one. */
  private static final String CACHE_PROPERTY = "livemind.chaos.roles-cache";

  private final Process process;
  private final Path log;

  /** A process that may write no file can still say so. */
  private final Thread printer;

  private RoleProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.printer = Thread.ofVirtual().name("role-printer").unstarted(this::print);
  }

  private void print() {
    try (var lines = process.errorReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
    } catch (IOException gone) {
      // The process was killed, or the folder is gone with the deployment.
    }
  }

  /**
   * Starts the JVM; the role begins at {@link #begin}.
   *
   * @param log where what it prints is added
   * @param classes of another release, before this one's; empty: this release
   * @param environment what it finds there besides this process's own
   * @param arguments of {@link RoleMain}
   */
  public static RoleProcess prepare(
      Path log, Optional<Path> classes, Map<String, String> environment, String... arguments) {
    String own = System.getProperty("java.class.path");
    String classPath = classes.map(before -> before + File.pathSeparator + own).orElse(own);
    return prepare(RoleMain.class, classPath, log, environment, arguments);
  }

  /** Starts the JVM of a broker, which begins at {@link #begin}. */
  static RoleProcess prepareBroker(Path log, String... arguments) {
    String classPath = System.getProperty("java.class.path");
    return prepare(BrokerMain.class, classPath, log, Map.of(), arguments);
  }

  private static RoleProcess prepare(
      Class<?> main,
      String classPath,
      Path log,
      Map<String, String> environment,
      String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // A JVM that writes to a mapped file stands still while the disk is busy.
                "-XX:+PerfDisableSharedMem",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                main.getName()));
    String cache = System.getProperty(CACHE_PROPERTY, "");
    // A JVM goes on without a cache that does not fit.
    if (!cache.isEmpty()) command.addAll(1, List.of("-XX:AOTCache=" + cache, "-Xlog:disable"));
    command.addAll(Arrays.asList(arguments));
    try {
      var builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      var role = new RoleProcess(builder.start(), log);
      role.printer.start();
      return role;
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

  /**
   * Returns when the role works.
   *
   * @throws IllegalStateException if it does not within two minutes; it is killed then
   */
  public RoleProcess awaitReady() {
    var works = new CountDownLatch(1);
    Thread.ofVirtual().name("start-watch").start(() -> killUnless(works));
    try {
      var output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String line = output.readLine();
      if (!"ready".equals(line)) {
        throw new IllegalStateException("the role said: " + line + ", after " + lastPrinted());
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("the role has died at its start", e);
    } finally {
      works.countDown();
    }
  }

  private void killUnless(CountDownLatch works) {
    try {
      if (!works.await(LONGEST_START.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The end of what all processes have printed. */
  public String lastPrinted() {
    try {
      String printed = Files.exists(log) ? Files.readString(log) : "";
      return printed.substring(Math.max(0, printed.length() - LAST_PRINTED));
    } catch (IOException e) {
      return "nothing that could be read";
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

  /**
   * SIGTERM: the process may finish what it does. Returns when it is gone.
   *
   * @throws IllegalStateException if it is still there after two minutes
   */
  public void stop() {
    process.destroy();
    awaitEnd();
  }

  /**
   * Returns when the process has ended by itself.
   *
   * @throws IllegalStateException if it is still there after two minutes
   */
  public void awaitEnd() {
    try {
      if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("the role does not end, after " + lastPrinted());
      }
      printer.join(LONGEST_STOP);
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

  /**
   * From now on no file grows, as on a full disk: each write that would make one longer fails.
   *
   * @throws IllegalStateException if there is no {@code prlimit}, which Linux has
   */
  public void fillDisk() {
    run("prlimit", "--pid", Long.toString(process.pid()), "--fsize=0:");
  }

  /** Why {@link #fillDisk} cannot be done here; empty if it can. */
  public static Optional<String> disksCannotBeFilled() {
    try {
      run("prlimit", "--version");
      return Optional.empty();
    } catch (UncheckedIOException | IllegalStateException none) {
      return Optional.of("there is no prlimit (Linux, package util-linux)");
    }
  }

  /** Of a process that has ended. */
  public int exitCode() {
    return process.exitValue();
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  private void signal(String name) {
    run("kill", "-" + name, Long.toString(process.pid()));
  }

  private static void run(String... command) {
    String text = String.join(" ", command);
    try {
      int code = new ProcessBuilder(command).start().waitFor();
      if (code != 0) throw new IllegalStateException(text + " failed with " + code);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + text, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
