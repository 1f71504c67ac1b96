package io.livemind.integration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A part of the pipeline as a process of its own, which can be killed and frozen. Its main class
 * waits for a line on standard input, so that the JVM is warm before it begins, and says {@code
 * ready} when it has begun.
 */
final class ChildProcess implements AutoCloseable {
  private final Process process;

  private ChildProcess(Process process) {
    this.process = process;
  }

  /** Starts the JVM; the part begins at {@link #begin}. */
  static ChildProcess prepare(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    // A JVM that writes to a mapped file stands still while the disk is busy.
    command.add("-XX:+PerfDisableSharedMem");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    try {
      var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
      return new ChildProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets the part begin. */
  ChildProcess begin() {
    try {
      var input = process.getOutputStream();
      input.write('\n');
      input.flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns when the part does its work. */
  ChildProcess awaitReady() {
    try {
      var output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String line = output.readLine();
      if (!"ready".equals(line)) throw new IllegalStateException("the process said: " + line);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL: the process gets no chance to say anything. */
  void kill() {
    process.destroyForcibly();
  }

  /** SIGSTOP: it stands still until {@link #thaw}. */
  void freeze() {
    signal("STOP");
  }

  void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a signal was sent", e);
    }
  }

  /** Its exit status, once it has ended by itself; a minute is enough for that. */
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(1, TimeUnit.MINUTES)) throw new IllegalStateException("it did not end");
    return process.exitValue();
  }

  @Override
  public void close() {
    kill();
  }
}
