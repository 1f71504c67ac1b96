package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** An instance may have to hold 64 partitions in a container of 1 GiB. */
class StoreFilesTest {
  private static final String WRITTEN_INTO = "rocksdb.size-all-mem-tables";
  private static final String READ_FROM = "rocksdb.block-cache-usage";
  private static final byte[] VALUE = new byte[4_096];

  @Test
  void aStoreThatHasTakenMuchHoldsLittleOfItInMemory(@TempDir Path folder) throws RocksDBException {
    try (var options = options();
        RocksDB store = RocksDB.open(options, folder.toString())) {
      write(store, 3_072);

      // Those that are being written into files stand beside the one that takes what comes.
      assertThat(store.getLongProperty(WRITTEN_INTO)).isLessThan(3L * StoreFiles.WRITE_BUFFER);
    }
  }

  @Test
  void allStoresShareTheMemoryThatTheyReadFrom(@TempDir Path folder) throws RocksDBException {
    try (var options = options();
        var otherOptions = options();
        RocksDB store = RocksDB.open(options, folder.resolve("one").toString());
        RocksDB other = RocksDB.open(otherOptions, folder.resolve("other").toString());
        var flush = new FlushOptions()) {
      write(store, 256);
      store.flush(flush);
      long before = other.getLongProperty(READ_FROM);

      for (int i = 0; i < 256; i++) store.get(key(i));

      assertThat(other.getLongProperty(READ_FROM)).isGreaterThan(before);
    }
  }

  private static Options options() {
    var options =
        new Options().setCreateIfMissing(true).setTableFormatConfig(new BlockBasedTableConfig());
    new StoreFiles().setConfig("sessions", options, Map.of(StoreFiles.REWRITE_SECONDS_CONFIG, 600));
    return options;
  }

  private static void write(RocksDB store, int values) throws RocksDBException {
    for (int i = 0; i < values; i++) store.put(key(i), VALUE);
  }

  private static byte[] key(int number) {
    return Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
  }
}
