package io.livemind.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The other end of the client's WebSockets, on a real socket: it says what a test tells it to, and
 * remembers what it was told.
 *
 * <p>Threading: any thread; each connection has one of its own.
 */
final class ScriptedGateway implements AutoCloseable {
  private static final String HANDSHAKE_SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LAST_PART = 0x80;
  private static final int KIND = 0xf;
  private static final int TEXT = 1;
  private static final int SHORT_LENGTH = 126;

  /** Serves one connection, from the handshake on. */
  interface Script {
    void serve(Talk talk) throws IOException;
  }

  private final ServerSocket server;

  /** What clients said, in order. */
  final List<JsonNode> heard = new CopyOnWriteArrayList<>();

  private ScriptedGateway(ServerSocket server) {
    this.server = server;
  }

  static ScriptedGateway start(Script script) throws IOException {
    var gateway = new ScriptedGateway(new ServerSocket(0, 8, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(() -> gateway.accept(script));
    return gateway;
  }

  /** A gateway that lets everybody in and confirms everything. */
  static Script kind() {
    return talk -> {
      while (true) talk.answerKindly(talk.hear());
    };
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** How often a message of this type was heard. */
  long count(String type) {
    return heard.stream().filter(message -> message.path("type").asText().equals(type)).count();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept(Script script) {
    while (true) {
      Socket socket;
      try {
        socket = server.accept();
      } catch (IOException closed) {
        return;
      }
      Thread.ofVirtual().start(() -> serve(socket, script));
    }
  }

  private void serve(Socket socket, Script script) {
    try (socket) {
      script.serve(new Talk(socket));
    } catch (IOException left) {
      // The client went.
    }
  }

  /** One connection. */
  final class Talk {
    private final Socket socket;
    private final DataInputStream in;
    private long writer;

    private Talk(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new DataInputStream(socket.getInputStream());
      shakeHands();
    }

    private void shakeHands() throws IOException {
      var reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII), 1);
      String key = "";
      for (String line = reader.readLine(); !line.isEmpty(); line = reader.readLine())
        if (line.startsWith("Sec-WebSocket-Key: ")) key = line.substring(19);
      String head =
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Accept: "
              + accepting(key)
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    }

    /** The next message; IOException when the client goes. */
    JsonNode hear() throws IOException {
      var whole = new ByteArrayOutputStream();
      while (true) {
        int head = in.readUnsignedByte();
        if ((head & KIND) > TEXT) throw new EOFException("the client says goodbye");
        int length = in.readUnsignedByte() & 0x7f;
        if (length == SHORT_LENGTH) length = in.readUnsignedShort();
        else if (length > SHORT_LENGTH) length = (int) in.readLong();
        byte[] mask = in.readNBytes(4);
        byte[] part = in.readNBytes(length);
        for (int i = 0; i < part.length; i++) part[i] ^= mask[i % mask.length];
        whole.writeBytes(part);
        if ((head & LAST_PART) == 0) continue;
        JsonNode message = JSON.readTree(whole.toByteArray());
        heard.add(message);
        return message;
      }
    }

    /** Says this, with ' for ". */
    void say(String json) throws IOException {
      byte[] text = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
      var frame = new ByteArrayOutputStream();
      frame.write(LAST_PART | TEXT);
      if (text.length < SHORT_LENGTH) {
        frame.write(text.length);
      } else {
        frame.write(SHORT_LENGTH);
        frame.write(text.length >> 8);
        frame.write(text.length);
      }
      frame.writeBytes(text);
      socket.getOutputStream().write(frame.toByteArray());
    }

    void answerKindly(JsonNode message) throws IOException {
      switch (message.path("type").asText()) {
        case "open" -> welcome(1);
        case "resume" -> welcome(0);
        case "fragment" -> say("{'type':'ack','sequence':" + message.path("sequence") + "}");
        case "delete" -> say("{'type':'closed','code':'deleted'}");
        default -> throw new IOException("not understood");
      }
    }

    private void welcome(int sequence) throws IOException {
      writer = 1 + count("resume");
      say("{'type':'session','handle':'h','writer':%d,'sequence':%d}".formatted(writer, sequence));
      say("{'type':'caught_up'}");
    }

    /** Refuses a fragment; {@code more} fields of the error, with a comma before. */
    void refuse(JsonNode fragment, String code, String more) throws IOException {
      say(
          "{'type':'error','sequence':%s,'error':{'code':'%s','message':'No: %s.'%s}}"
              .formatted(fragment.path("sequence"), code, code, more));
    }
  }

  private static String accepting(String key) {
    try {
      byte[] salted = (key + HANDSHAKE_SALT).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(salted));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
