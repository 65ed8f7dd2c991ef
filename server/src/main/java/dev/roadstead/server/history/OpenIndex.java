package dev.roadstead.server.history;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An open Lucene index: one writer, and searchers that see what was committed.
///
/// @param directory its files; locked while it is open
record OpenIndex(Directory directory, IndexWriter writer, SearcherManager searchers)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenIndex.class);

  /// How many broken indexes may lie aside: enough to look at, few enough for any disk.
  private static final int ASIDE_MAX = 3;

  /// Lucene would tell every operator once that vectors could be searched faster: there are none.
  private static final java.util.logging.Logger VECTORS =
      java.util.logging.Logger.getLogger(
          "org.apache.lucene.internal.vectorization.VectorizationProvider");

  static {
    VECTORS.setLevel(java.util.logging.Level.OFF);
  }

  private static final double BUFFER_MIB = 8; // a batch of the archivist is below one

  /// Opens what is there, or begins anew. Files of a write that was never committed are removed;
  /// an index that cannot be read is moved aside.
  static OpenIndex open(Path path) throws IOException {
    try {
      return openWhole(path);
    } catch (CorruptIndexException
        | IndexFormatTooOldException
        | IndexFormatTooNewException
        | EOFException
        | NoSuchFileException e) {
      Path aside = aside(path);
      LOG.warn("the history of tasks cannot be read and begins anew; the old is in {}", aside, e);
      Files.move(path, aside);
      return openWhole(path);
    }
  }

  private static OpenIndex openWhole(Path path) throws IOException {
    Directory directory = FSDirectory.open(path);
    try {
      IndexWriterConfig config =
          new IndexWriterConfig()
              .setMergeScheduler(new SerialMergeScheduler())
              .setRAMBufferSizeMB(BUFFER_MIB)
              .setCommitOnClose(false);
      IndexWriter writer = new IndexWriter(directory, config);
      try {
        return new OpenIndex(directory, writer, new SearcherManager(writer, null));
      } catch (IOException | RuntimeException e) {
        writer.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private static Path aside(Path path) throws IOException {
    for (int i = 1; i <= ASIDE_MAX; i++) {
      Path aside = path.resolveSibling(path.getFileName() + ".broken-" + i);
      if (!Files.exists(aside)) {
        return aside;
      }
    }
    throw new IOException("too many broken histories beside " + path + ": remove some");
  }

  /// What searches want of a searcher.
  interface Search<T> {
    T of(IndexSearcher searcher) throws IOException;
  }

  <T> T search(Search<T> search) throws IOException {
    IndexSearcher searcher = searchers.acquire();
    try {
      return search.of(searcher);
    } finally {
      searchers.release(searcher);
    }
  }

  /// Makes what was written durable, then visible.
  void commit() throws IOException {
    writer.commit();
    searchers.maybeRefreshBlocking();
  }

  @Override
  public void close() throws IOException {
    searchers.close();
    writer.close();
    directory.close();
  }
}
