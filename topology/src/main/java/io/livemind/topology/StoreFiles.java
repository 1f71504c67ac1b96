package io.livemind.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Options;

/**
 * RocksDB as the store needs it: a file that nothing else rewrites is rewritten after {@link
 * StoreConfig#rewriteInterval()}, so that deleted text leaves the disk of a session nobody comes
 * back to, too. RocksDB looks for such files when it writes one: {@link WrittenStore} sees to it.
 */
public final class StoreFiles implements RocksDBConfigSetter {
  /** Seconds; a configuration of Streams that only this class reads. */
  static final String REWRITE_SECONDS_CONFIG = "livemind.rewrite.seconds";

  /** Bytes in memory after which RocksDB writes a file; what Streams takes, too. */
  static final int WRITE_BUFFER = 16 << 20;

  @Override
  public void setConfig(String store, Options options, Map<String, Object> settings) {
    options.setWriteBufferSize(WRITE_BUFFER);
    if (settings.get(REWRITE_SECONDS_CONFIG) instanceof Number seconds) {
      options.setPeriodicCompactionSeconds(seconds.longValue());
      return;
    }
    throw new IllegalStateException(REWRITE_SECONDS_CONFIG + " is set by StreamsSettings");
  }

  /** What was set needs no release: it is a number. */
  @Override
  public void close(String store, Options options) {}
}
