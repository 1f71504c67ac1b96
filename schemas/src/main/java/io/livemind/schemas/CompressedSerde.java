package io.livemind.schemas;

import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * A record that is compressed where it is long: a task repeats prompt and memory. Kafka compresses
 * whole batches, with two buffers of 64 KB for each; tasks come one by one, mostly small, and such
 * buffers were most of what a broker allocated.
 *
 * <p>Long records are two marker bytes, the length of the plain bytes, and one LZ4 block of them;
 * short ones are the plain bytes of {@link AvroSerde}, whose markers differ.
 *
 * <p>Threading: immutable; serializer and deserializer may be shared.
 *
 * @param <T> the generated record
 */
final class CompressedSerde<T extends SpecificRecord> extends BytesSerde<T> {
  /** Bytes; what is shorter fits a network packet or two as it is. */
  static final int SHORTEST = 2_048;

  /** Bytes; above every limit on a record. A length comes from outside, and is not believed. */
  static final int LONGEST = 16 * 1024 * 1024;

  private static final byte[] MARKER = {'L', '4'};
  private static final int HEADER = MARKER.length + Integer.BYTES;

  /** Plain Java: nothing has to be unpacked into a folder, and no unsafe memory is used. */
  private static final LZ4Compressor COMPRESSOR = LZ4Factory.safeInstance().fastCompressor();

  private static final LZ4SafeDecompressor DECOMPRESSOR =
      LZ4Factory.safeInstance().safeDecompressor();

  private final AvroSerde<T> plain;

  CompressedSerde(AvroSerde<T> plain) {
    this.plain = plain;
  }

  @Override
  byte[] encode(T value) {
    byte[] bytes = plain.encode(value);
    if (bytes.length < SHORTEST) return bytes;
    var block = ByteBuffer.allocate(HEADER + COMPRESSOR.maxCompressedLength(bytes.length));
    block.put(MARKER).putInt(bytes.length);
    COMPRESSOR.compress(ByteBuffer.wrap(bytes), block);
    return block.position() < bytes.length ? Arrays.copyOf(block.array(), block.position()) : bytes;
  }

  /**
   * The record of these bytes.
   *
   * @throws SerializationException if they are no record of a known schema; the message never holds
   *     content
   */
  @Override
  T decode(byte[] bytes) {
    boolean compressed = bytes.length > HEADER && bytes[0] == MARKER[0] && bytes[1] == MARKER[1];
    return plain.decode(compressed ? decompressed(bytes) : bytes);
  }

  private static byte[] decompressed(byte[] bytes) {
    int length = ByteBuffer.wrap(bytes).getInt(MARKER.length);
    if (length < 0 || length > LONGEST)
      throw new SerializationException("a record cannot be " + length + " bytes long");
    try {
      byte[] plain = new byte[length];
      int found = DECOMPRESSOR.decompress(bytes, HEADER, bytes.length - HEADER, plain, 0);
      if (found != length) throw new SerializationException("a compressed record is not whole");
      return plain;
    } catch (LZ4Exception broken) {
      throw new SerializationException("a compressed record cannot be read", broken);
    }
  }
}
