package io.livemind.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;

/**
 * RocksDB as the store needs it.
 *
 * <p>Files: one that nothing else rewrites is rewritten after {@link
 * StoreConfig#rewriteInterval()}, so that deleted text leaves the disk of a session nobody comes
 * back to, too. RocksDB looks for such files when it writes one: {@link WrittenStore} sees to it.
 *
 * <p>Memory: what Streams gives a store (16 MB to write into, 50 MB to read from) is for one store
 * or two. Each partition has one, an instance may have to hold all 64, and each fills what it may
 * write into before it becomes a file. While files are written it may hold up to three times that;
 * the offsets, which Streams keeps beside the sessions, have a megabyte of their own.
 */
public final class StoreFiles implements RocksDBConfigSetter {
  /** Seconds; a configuration of Streams that only this class reads. */
  static final String REWRITE_SECONDS_CONFIG = "livemind.rewrite.seconds";

  /** Bytes of a store in memory after which RocksDB writes a file. */
  static final int WRITE_BUFFER = 2 << 20;

  /** Bytes by which that memory grows: a store that holds a word takes no more than one. */
  private static final int ARENA_BLOCK = 64 << 10;

  /** Bytes of what was read, of all stores of this process together. */
  private static final int READ_CACHE = 64 << 20;

  /** Made when the first store opens, since it needs RocksDB's native library; never closed. */
  private static final class ReadCache {
    private static final Cache SHARED = new LRUCache(READ_CACHE);
  }

  @Override
  public void setConfig(String store, Options options, Map<String, Object> settings) {
    options.setWriteBufferSize(WRITE_BUFFER);
    options.setArenaBlockSize(ARENA_BLOCK);
    if (!(options.tableFormatConfig() instanceof BlockBasedTableConfig table))
      throw new IllegalStateException("Streams gave the store files of another kind");
    options.setTableFormatConfig(table.setBlockCache(ReadCache.SHARED));
    if (settings.get(REWRITE_SECONDS_CONFIG) instanceof Number seconds) {
      options.setPeriodicCompactionSeconds(seconds.longValue());
      return;
    }
    throw new IllegalStateException(REWRITE_SECONDS_CONFIG + " is set by StreamsSettings");
  }

  /** Numbers need no release, and other stores read through the cache. */
  @Override
  public void close(String store, Options options) {}
}
