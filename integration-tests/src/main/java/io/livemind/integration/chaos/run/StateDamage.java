package io.livemind.integration.chaos.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a failing disk does to a store: the beginning of each of its files is overwritten. */
final class StateDamage {
  private static final byte[] NOISE = new byte[512];

  private StateDamage() {}

  /** Damages each file of the stores below a state directory of Streams. */
  static void in(Path stateDirectory) {
    try (var files = Files.walk(stateDirectory)) {
      for (Path file : files.filter(StateDamage::belongsToStore).toList()) overwrite(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the state cannot be damaged in " + stateDirectory, e);
    }
  }

  private static boolean belongsToStore(Path path) {
    return Files.isRegularFile(path) && path.toString().contains("rocksdb");
  }

  private static void overwrite(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      int length = (int) Math.min(NOISE.length, channel.size());
      channel.write(ByteBuffer.wrap(NOISE, 0, length), 0);
    }
  }
}
