package io.livemind.gateway.answers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The partitions of {@code answers} that a gateway puts new sessions into: those that rank highest
 * for its name (rendezvous hashing). The same name has the same ones after a restart, and which
 * other gateways there are does not matter.
 */
public final class OwnPartitions {
  private OwnPartitions() {}

  /**
   * In ascending order.
   *
   * @param partitions that the topic has
   * @param most that one gateway should have
   */
  public static List<Integer> of(String gateway, int partitions, int most) {
    return IntStream.range(0, partitions)
        .boxed()
        .sorted(Comparator.comparingLong(partition -> rank(gateway, partition)))
        .limit(most)
        .sorted()
        .toList();
  }

  private static long rank(String gateway, int partition) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(gateway.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest.digest(new byte[] {(byte) (partition >> 8), (byte) partition}))
          .getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
