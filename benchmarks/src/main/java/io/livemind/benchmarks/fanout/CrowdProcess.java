package io.livemind.benchmarks.fanout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * The clients of one gateway, in a process of their own: an operating system limits the open files
 * of each. Delays are told on the clock that all processes of a machine share.
 *
 * <p>Threading: one caller.
 */
final class CrowdProcess implements AutoCloseable {
  private static final String STREAM = "stream ";
  private static final String SOCKET = "socket ";
  private static final String READY = "ready";
  private static final String DELAYS = "delays";
  private static final String HEAP = "-Xmx512m";

  private final Process process;
  private final PrintStream questions;
  private final BufferedReader replies;

  private CrowdProcess(Process process) {
    this.process = process;
    questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    replies = lines(process.getInputStream());
  }

  /** Starts one for the gateway at this port. */
  static CrowdProcess start(int gatewayPort) {
    var command =
        List.of(
            System.getProperty("java.home") + "/bin/java",
            HEAP,
            "-XX:+UseSerialGC",
            "-Xlog:disable",
            "-cp",
            System.getProperty("java.class.path"),
            CrowdProcess.class.getName(),
            Integer.toString(gatewayPort));
    try {
      return new CrowdProcess(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has the sessions read, each by a client; returns when all clients have caught up. */
  void open(List<String> streams, List<String> sockets) {
    for (String handle : streams) questions.print(STREAM + handle + "\n");
    for (String handle : sockets) questions.print(SOCKET + handle + "\n");
    ask(READY);
  }

  /** From due to arrival, since this was last asked; nanoseconds. */
  Histogram takeDelays() {
    ByteBuffer encoded = ByteBuffer.wrap(Base64.getDecoder().decode(ask(DELAYS)));
    try {
      return Histogram.decodeFromCompressedByteBuffer(encoded, 0);
    } catch (DataFormatException e) {
      throw new IllegalStateException("the clients' process said something else", e);
    }
  }

  private String ask(String question) {
    questions.println(question);
    try {
      String reply = replies.readLine();
      if (reply == null) throw new IllegalStateException("the clients' process has ended");
      return reply;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }

  /** The process itself. Argument: the gateway's port. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var delays = new Recorder(3);
    BufferedReader questions = lines(System.in);
    try (var crowd = new Crowd(Integer.parseInt(arguments[0]), delays)) {
      List<String> streams = new ArrayList<>();
      List<String> sockets = new ArrayList<>();
      for (String line = questions.readLine(); line != null; line = questions.readLine()) {
        if (line.startsWith(STREAM)) streams.add(line.substring(STREAM.length()));
        else if (line.startsWith(SOCKET)) sockets.add(line.substring(SOCKET.length()));
        else if (line.equals(READY)) {
          crowd.open(streams, false);
          crowd.open(sockets, true);
          System.out.println(READY);
        } else if (line.equals(DELAYS)) {
          System.out.println(encoded(delays.getIntervalHistogram()));
        }
      }
    }
  }

  private static String encoded(Histogram histogram) {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }

  private static BufferedReader lines(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }
}
